/**
 * Makes, closes, archives and gives back the schemas of tenants that have one each.
 *
 * <p>Start at {@link dev.lexigram.tenancy.postgres.schema.TenantSchemas}. It works as the role that migrates, never as the
 * one that serves. What fills a schema is a {@link dev.lexigram.tenancy.postgres.schema.SchemaMigrator}.
 *
 * <p>May import {@code postgres.policy} and core's {@code tenant} and {@code isolation}.
 */
@NullMarked
package dev.lexigram.tenancy.postgres.schema;

import org.jspecify.annotations.NullMarked;
