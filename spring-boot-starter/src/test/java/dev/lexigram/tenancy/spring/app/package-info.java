/** A small application as users write it, for the tests of the starter. */
@NullMarked
package dev.lexigram.tenancy.spring.app;

import org.jspecify.annotations.NullMarked;
