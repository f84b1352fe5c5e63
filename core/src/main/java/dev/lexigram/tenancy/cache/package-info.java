/**
 * How caches of several nodes stay true: what changed is announced to all of them, and what cannot be announced ages fast.
 *
 * <p>Start at {@link dev.lexigram.tenancy.cache.InvalidationBus}. May import {@code tenant} and {@code context}; knows
 * no cache.
 */
@NullMarked
package dev.lexigram.tenancy.cache;

import org.jspecify.annotations.NullMarked;
