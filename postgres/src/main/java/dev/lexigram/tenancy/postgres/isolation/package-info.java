/**
 * How row-level policies come into a database, and how every connection is confined by them: each transaction is bound
 * to the tenant that was current when the connection was borrowed.
 *
 * <p>Start at {@link dev.lexigram.tenancy.postgres.isolation.RowLevelPolicies} for the tables and at {@link
 * dev.lexigram.tenancy.postgres.isolation.TenantDataSource}, then {@link
 * dev.lexigram.tenancy.postgres.isolation.TransactionBinder}, for the connections.
 * Before policies are enforced, {@link dev.lexigram.tenancy.postgres.isolation.RowLevelObservation} and {@link
 * dev.lexigram.tenancy.postgres.isolation.WouldBeRefusals} tell what they would refuse.
 * Of the two binders {@code DriverTransaction} and {@code PlainTransaction} do the work, for one {@code Lease}.
 *
 * <p>May import {@code postgres.driver}, {@code postgres.policy}, {@code postgres.audit} and core's {@code tenant},
 * {@code context} and {@code isolation}; knows nothing of HTTP or Spring.
 */
@NullMarked
package dev.lexigram.tenancy.postgres.isolation;

import org.jspecify.annotations.NullMarked;
