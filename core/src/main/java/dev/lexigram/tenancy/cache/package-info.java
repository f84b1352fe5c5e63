/**
 * What keeps an answer, whose it is, and how long it is true: memories that know the age of what they hold, look-ups of
 * which there is only one at a time, keys that say whose an entry is, so that no tenant can meet another's, and the bus
 * that tells all nodes of changes, while what cannot be announced ages fast.
 *
 * <p>Start at {@link dev.lexigram.tenancy.cache.TenantCacheKeys}, {@link dev.lexigram.tenancy.cache.AgeingCache} and
 * {@link dev.lexigram.tenancy.cache.InvalidationBus}. May import {@code tenant} and {@code context}.
 */
@NullMarked
package dev.lexigram.tenancy.cache;

import org.jspecify.annotations.NullMarked;
