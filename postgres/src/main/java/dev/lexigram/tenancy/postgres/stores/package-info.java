/**
 * The control plane in PostgreSQL: tenants, their members and the events of both, in schema {@code tenancy}, read and
 * written with a login of its own that the application does not have.
 *
 * <p>Start at {@link dev.lexigram.tenancy.postgres.stores.SqlTenantStore}. The tables stand in the versioned scripts
 * {@code control-plane-1.sql} and so on. May import core; knows nothing of tenants' data or of HTTP.
 */
@NullMarked
package dev.lexigram.tenancy.postgres.stores;

import org.jspecify.annotations.NullMarked;
