package dev.lexigram.tenancy.spring.start;

import java.sql.SQLException;

/**
 * A connection of a tenant's DataSource was wanted by what initialises the database: nothing can be proved of it yet, and
 * the login that serves is not the one to make tables.
 */
public final class DatabaseNotReadyException extends SQLException {

    private static final long serialVersionUID = 1L;

    private static final String CANNOT_CONNECT_NOW = "57P03";

    public DatabaseNotReadyException() {
        super(
                "The database is still being initialised, so a tenant's DataSource gives no connection; let what"
                        + " initialises it use a plain DataSource of the migrator.",
                CANNOT_CONNECT_NOW);
    }
}
