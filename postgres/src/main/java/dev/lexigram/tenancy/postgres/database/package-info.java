/**
 * Tenants that have a database each: makes, closes, archives and gives back the databases, and lends their connections.
 *
 * <p>Start at {@link dev.lexigram.tenancy.postgres.database.TenantDatabases}, which makes them with a login that serves nobody,
 * and at {@link dev.lexigram.tenancy.postgres.database.TenantPools}, which lends connections of the tenants' own logins.
 *
 * <p>May import {@code postgres.schema}, which fills a database as it fills a schema, {@code postgres.policy},
 * {@code postgres.driver} and core's {@code tenant} and {@code isolation}.
 */
@NullMarked
package dev.lexigram.tenancy.postgres.database;

import org.jspecify.annotations.NullMarked;
