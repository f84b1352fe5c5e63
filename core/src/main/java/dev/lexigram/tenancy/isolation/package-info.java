/**
 * Where a tenant's rows live and how a connection is confined to them.
 *
 * <p>Start at {@link dev.lexigram.tenancy.isolation.IsolationStrategy}. May import {@code tenant} and {@code context};
 * knows nothing of HTTP or Spring.
 */
@NullMarked
package dev.lexigram.tenancy.isolation;

import org.jspecify.annotations.NullMarked;
