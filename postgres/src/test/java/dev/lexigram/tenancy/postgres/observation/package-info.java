/** Tests of what is recorded before row-level isolation is enforced; apart, as code of the library has no location. */
@NullMarked
package dev.lexigram.tenancy.postgres.observation;

import org.jspecify.annotations.NullMarked;
