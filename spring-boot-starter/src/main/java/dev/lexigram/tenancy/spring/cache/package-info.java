/**
 * The application's caches, kept apart by tenant: a cache answers without asking the database, so no policy guards it.
 *
 * <p>Start at {@link dev.lexigram.tenancy.spring.cache.TenancyCacheAutoConfiguration}. May import {@code cache},
 * {@code context} and {@code tenant} of core, and Spring.
 */
@NullMarked
package dev.lexigram.tenancy.spring.cache;

import org.jspecify.annotations.NullMarked;
