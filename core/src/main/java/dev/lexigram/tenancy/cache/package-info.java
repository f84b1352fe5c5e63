/**
 * What every memory of the library is made of: answers that know their age, and look-ups of which there is only one at a
 * time.
 *
 * <p>Start at {@link dev.lexigram.tenancy.cache.AgeingCache}. May import {@code tenant} and {@code context}.
 */
@NullMarked
package dev.lexigram.tenancy.cache;

import org.jspecify.annotations.NullMarked;
