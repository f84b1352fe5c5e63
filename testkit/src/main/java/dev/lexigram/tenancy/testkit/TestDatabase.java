package dev.lexigram.tenancy.testkit;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A database of its own for one test class: fresh, with the roles and an empty schema {@code tenancy}. */
public final class TestDatabase {

    private final String name;
    private final int port;

    TestDatabase(String name, int port) {
        this.name = name;
        this.port = port;
    }

    public String name() {
        return name;
    }

    /** The URL without a user; every {@link Role} logs in without a password. */
    public String jdbcUrl() {
        return "jdbc:postgresql://localhost:" + port + "/" + name;
    }

    /** Connections of this role, each a new one: no pool, no tenant. */
    public DataSource as(Role role) {
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(jdbcUrl());
        dataSource.setUser(role.login());
        return dataSource;
    }

    /** Runs one or more statements as this role. */
    public void execute(Role role, String sql) {
        try (var connection = as(role).getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException("As " + role.login() + ": " + failure.getMessage(), failure);
        }
    }
}
