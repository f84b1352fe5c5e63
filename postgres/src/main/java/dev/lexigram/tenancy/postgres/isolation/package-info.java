/**
 * How a connection is confined to one tenant by row-level policies: every transaction is bound to the tenant that was
 * current when the connection was borrowed.
 *
 * <p>Start at {@link dev.lexigram.tenancy.postgres.isolation.TenantDataSource}, then
 * {@link dev.lexigram.tenancy.postgres.isolation.TransactionBinder}. May import core's {@code tenant}, {@code context}
 * and {@code isolation}; knows nothing of HTTP or Spring.
 */
@NullMarked
package dev.lexigram.tenancy.postgres.isolation;

import org.jspecify.annotations.NullMarked;
