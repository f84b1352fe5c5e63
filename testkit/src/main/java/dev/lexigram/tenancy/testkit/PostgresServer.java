package dev.lexigram.tenancy.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One real PostgreSQL for all tests of this JVM: started by the first that needs it, stopped with the JVM. Safe for use
 * by many threads.
 */
public final class PostgresServer {

    private static final String ROLES = "/dev/lexigram/tenancy/postgres/roles.sql";
    private static final String DATABASES = "/dev/lexigram/tenancy/postgres/databases.sql";

    private final EmbeddedPostgres postgres;
    private final TestDatabase maintenance;
    private final AtomicInteger created = new AtomicInteger();

    private PostgresServer() {
        try {
            postgres = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "200")
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException("PostgreSQL did not start", failure);
        }
        maintenance = new TestDatabase("postgres", postgres.getPort());
    }

    /** The server of this JVM. */
    public static PostgresServer shared() {
        return Shared.SERVER;
    }

    /** A new database, with the roles and an empty schema {@code tenancy}. */
    public TestDatabase createDatabase() {
        var name = "test_" + created.incrementAndGet();
        maintenance.execute(Role.SUPERUSER, "create database " + name);
        var database = new TestDatabase(name, postgres.getPort());
        database.execute(Role.SUPERUSER, script(ROLES)); // not by a template: it would not carry a database's grants
        database.execute(Role.SUPERUSER, script(DATABASES));
        return database;
    }

    /** Drops the database and ends whatever is still connected to it. */
    public void drop(TestDatabase database) {
        maintenance.execute(Role.SUPERUSER, "drop database if exists " + database.name() + " with (force)");
    }

    private static String script(String name) {
        try (var script = PostgresServer.class.getResourceAsStream(name)) {
            if (script == null) {
                throw new IllegalStateException(
                        name + " is not on the class path; add lexigram-tenancy-postgres to the tests.");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static final class Shared {
        private static final PostgresServer SERVER = new PostgresServer();
    }
}
