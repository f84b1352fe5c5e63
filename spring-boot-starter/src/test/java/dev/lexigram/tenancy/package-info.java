/** Tests of what is told of the configuration, beside the keys that it is told of. */
@NullMarked
package dev.lexigram.tenancy;

import org.jspecify.annotations.NullMarked;
