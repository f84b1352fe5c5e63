/**
 * Where a tenant's rows live in PostgreSQL and how a connection is confined to them: every transaction is bound to the
 * tenant that was current when its connection was borrowed.
 *
 * <p>Start at {@link dev.lexigram.tenancy.postgres.isolation.RowLevelPolicies} for the tables and at
 * {@link dev.lexigram.tenancy.postgres.isolation.TenantDataSource}, then
 * {@link dev.lexigram.tenancy.postgres.isolation.TransactionBinder}, for the connections. May import
 * {@code postgres.policy}, {@code postgres.audit} and core's {@code isolation}, {@code context} and {@code tenant}; knows
 * nothing of HTTP or Spring.
 */
@NullMarked
package dev.lexigram.tenancy.postgres.isolation;

import org.jspecify.annotations.NullMarked;
