/**
 * What keeps an answer and whose it is: memories that know the age of what they hold, look-ups of which there is only one
 * at a time, and keys that say whose an entry is, so that no tenant can meet another's.
 *
 * <p>Start at {@link dev.lexigram.tenancy.cache.TenantCacheKeys} and {@link dev.lexigram.tenancy.cache.AgeingCache}. May
 * import {@code tenant} and {@code context}.
 */
@NullMarked
package dev.lexigram.tenancy.cache;

import org.jspecify.annotations.NullMarked;
