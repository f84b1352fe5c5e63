/**
 * Whose an entry of a cache is: keys that say it, so that no tenant can meet another's entry.
 *
 * <p>Start at {@link dev.lexigram.tenancy.cache.TenantCacheKeys}. May import {@code tenant} and {@code context}; knows no
 * cache.
 */
@NullMarked
package dev.lexigram.tenancy.cache;

import org.jspecify.annotations.NullMarked;
