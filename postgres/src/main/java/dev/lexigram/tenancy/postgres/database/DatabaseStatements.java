package dev.lexigram.tenancy.postgres.database;

import static dev.lexigram.tenancy.postgres.schema.Statements.all;
import static dev.lexigram.tenancy.postgres.schema.Statements.perform;
import static dev.lexigram.tenancy.postgres.schema.Statements.run;

import dev.lexigram.tenancy.isolation.Secret;
import dev.lexigram.tenancy.postgres.policy.Quoted;
import dev.lexigram.tenancy.postgres.policy.SchemaMarker;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.util.PasswordUtil;

/**
 * What PostgreSQL does with whole databases and logins, each in a statement outside of any transaction. Used by one thread.
 */
final class DatabaseStatements {

    private static final String COMMENT = """
            select pg_catalog.shobj_description(oid, 'pg_database') as comment from pg_catalog.pg_database
            where datname = ?
            """;

    private static final String ROLE = "select from pg_catalog.pg_roles where rolname = ?";

    private static final String END_SESSIONS = """
            select pg_catalog.pg_terminate_backend(pid, 10000) from pg_catalog.pg_stat_activity
            where datname = ? and pid <> pg_catalog.pg_backend_pid() and backend_type = 'client backend'
            """;

    private final Connection connection;

    /** @param connection in autocommit, to another database than those that are worked on */
    DatabaseStatements(Connection connection) {
        this.connection = connection;
    }

    boolean exists(String database) throws SQLException {
        return !all(connection, COMMENT, row -> true, database).isEmpty();
    }

    /** Whether there is a database of this name that says this. */
    boolean isMarked(String database, SchemaMarker marker) throws SQLException {
        return all(connection, COMMENT, row -> Optional.ofNullable(row.getString("comment")), database)
                .contains(Optional.of(marker.text()));
    }

    void create(String database, SchemaMarker marker) throws SQLException {
        perform(connection, "create database " + Quoted.identifier(database));
        perform(
                connection,
                "comment on database " + Quoted.identifier(database) + " is " + Quoted.literal(marker.text()));
    }

    /** Nobody may connect but those who own tables; every session begins as this tenant's, whatever it says later. */
    void confine(String database, String owner, String login, String setting, String value) throws SQLException {
        var name = Quoted.identifier(database);
        perform(connection, "revoke all on database " + name + " from public");
        perform(
                connection,
                "grant connect on database " + name + " to " + Quoted.identifier(owner) + ", "
                        + Quoted.identifier(login));
        perform(connection, "grant create on database " + name + " to " + Quoted.identifier(owner));
        perform(connection, "alter database " + name + " set " + setting + " = " + Quoted.literal(value));
    }

    void rename(String database, String to) throws SQLException {
        endSessions(database);
        perform(connection, "alter database " + Quoted.identifier(database) + " rename to " + Quoted.identifier(to));
    }

    /** Without FORCE, which fails where a process of the server itself is at work there; PostgreSQL ends those. */
    void drop(String database) throws SQLException {
        endSessions(database);
        perform(connection, "drop database if exists " + Quoted.identifier(database));
    }

    void endSessions(String database) throws SQLException {
        run(connection, END_SESSIONS, database);
    }

    /** A login without any right, which whoever makes it may end the sessions of. */
    void createLogin(String login, String provisioner) throws SQLException {
        perform(connection, "create role " + Quoted.identifier(login) + " nologin");
        perform(connection, "grant " + Quoted.identifier(login) + " to " + Quoted.identifier(provisioner));
    }

    /** Sends no password, only what the server verifies one by (RFC 5802): it may be logged. */
    void openLogin(String login, Secret password) throws SQLException {
        var verifier = PasswordUtil.encodeScramSha256(password.reveal().toCharArray());
        perform(connection, "alter role " + Quoted.identifier(login) + " login password " + Quoted.literal(verifier));
    }

    /** Nobody logs in as this any more; those who have stay. */
    void closeLogin(String login) throws SQLException {
        if (hasRole(login)) {
            perform(connection, "alter role " + Quoted.identifier(login) + " nologin");
        }
    }

    void dropLogin(String login) throws SQLException {
        if (hasRole(login)) {
            perform(connection, "drop role " + Quoted.identifier(login));
        }
    }

    private boolean hasRole(String name) throws SQLException {
        return !all(connection, ROLE, row -> true, name).isEmpty();
    }
}
