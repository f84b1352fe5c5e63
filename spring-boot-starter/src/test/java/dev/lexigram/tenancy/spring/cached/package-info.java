/** An entity that Hibernate is told to cache. */
@NullMarked
package dev.lexigram.tenancy.spring.cached;

import org.jspecify.annotations.NullMarked;
