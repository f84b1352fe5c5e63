/** Entities of the tests. */
@NullMarked
package dev.lexigram.tenancy.spring.jpa;

import org.jspecify.annotations.NullMarked;
