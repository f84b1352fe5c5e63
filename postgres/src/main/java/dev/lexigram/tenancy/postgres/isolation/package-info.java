/**
 * Where a tenant's rows live in PostgreSQL and how a connection is confined to them: every transaction is bound to the
 * tenant that was current when the connection was borrowed.
 *
 * <p>Start at {@link dev.lexigram.tenancy.postgres.isolation.TenantDataSource} for the connections, with
 * {@link dev.lexigram.tenancy.postgres.isolation.TransactionBinder} behind it, and at
 * {@link dev.lexigram.tenancy.postgres.isolation.RowLevelPolicies} for the tables. May import {@code postgres.policy},
 * {@code postgres.audit} and core's {@code tenant}, {@code context} and {@code isolation}; knows nothing of HTTP or
 * Spring.
 */
@NullMarked
package dev.lexigram.tenancy.postgres.isolation;

import org.jspecify.annotations.NullMarked;
