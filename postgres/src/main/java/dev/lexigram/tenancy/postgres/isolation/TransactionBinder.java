package dev.lexigram.tenancy.postgres.isolation;

import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantIsolationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * One way to bind every transaction of a connection to a tenant before its first statement, autocommit statements
 * included. The binding is local to the transaction, so that nothing of it reaches the next borrower.
 *
 * <p>Safe for use by many threads. The connections that it gives are, like all of JDBC, for one thread at a time.
 */
public interface TransactionBinder {

    /** The name under which start-up, health and information tell which binder is in use, such as {@code plain}. */
    String name();

    /** Gets ready, if need be with a connection of its own; called before each borrowing. */
    default void prepare() throws SQLException {}

    /**
     * Confines a connection that was just borrowed to the captured tenant, or to none: a transaction without a tenant
     * is bound explicitly to the empty text, which no policy accepts.
     *
     * <p>The given connection belongs to the binder from now on. What comes back refuses to work under another tenant
     * than the captured one; closing it returns the borrowed connection clean, or ends it physically where that is in
     * doubt.
     *
     * @throws SQLException if the connection cannot be taken over; the caller still owns it then
     */
    Connection bind(Connection borrowed, Optional<Tenant> captured) throws SQLException;

    /**
     * As {@link #bind}, and confined to the tenant's own schema as well: the search path of each transaction holds that
     * schema and nothing that another tenant can reach.
     *
     * @throws TenantIsolationException if this binder cannot do that
     */
    default Connection bindToSchema(Connection borrowed, Tenant captured) throws SQLException {
        throw TenantIsolationException.of("Binder '" + name() + "' binds to no schema; use PlainTransactionBinder,"
                + " DriverTransactionBinder or SelfTestedBinder for tenants of isolation strategy 'schema'.");
    }

    /**
     * As {@link #bind}, for a connection to a database that the tenant shares with nobody: what is bound there binds every
     * session from its start, so that a binder may send nothing.
     */
    default Connection bindToDatabase(Connection borrowed, Tenant captured) throws SQLException {
        return bind(borrowed, Optional.of(captured));
    }
}
