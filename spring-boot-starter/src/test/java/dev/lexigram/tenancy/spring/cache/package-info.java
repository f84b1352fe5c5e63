/** Caches of every kind under two tenants, with the guard and without. */
@NullMarked
package dev.lexigram.tenancy.spring.cache;

import org.jspecify.annotations.NullMarked;
