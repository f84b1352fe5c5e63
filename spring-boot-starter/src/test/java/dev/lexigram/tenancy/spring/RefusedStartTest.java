package dev.lexigram.tenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.spring.app.NotesApplication;
import dev.lexigram.tenancy.testkit.PostgresServer;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What a database can lack on the first day, and the lines that are told then. */
@ExtendWith(OutputCaptureExtension.class)
class RefusedStartTest {

    private TestDatabase database;

    @BeforeEach
    void createDatabase() {
        database = PostgresServer.shared().createDatabase();
    }

    @AfterEach
    void dropDatabase() {
        PostgresServer.shared().drop(database);
    }

    @Test
    void a_table_without_policies(CapturedOutput output) {
        database.execute(
                Role.MIGRATOR,
                "set role tenancy_owner; " + Notes.TABLE + "; grant select, insert on note to tenancy_app");

        refuse(output);

        assertThat(output).contains("alter table", "enable row level security");
    }

    @Test
    void a_table_whose_name_is_misspelt(CapturedOutput output) {
        Notes.createTable(database);

        refuse(output, "tenancy.isolation.tables.tenant=notes");

        assertThat(output).contains("TABLE_MISSING notes", "take it out of isolation.tables.tenant");
    }

    @ParameterizedTest
    @ValueSource(strings = {"spring.datasource.username", "tenancy.control_plane.user"})
    void a_role_that_is_missing(String property, CapturedOutput output) {
        Notes.createTable(database);

        refuse(output, property + "=nobody");

        assertThat(output).contains("roles.sql of lexigram-tenancy-postgres");
    }

    @Test
    void a_migrator_that_is_missing(CapturedOutput output) {
        refuse(output, "spring.flyway.enabled=true", "spring.flyway.user=nobody");

        assertThat(output).contains("roles.sql of lexigram-tenancy-postgres", "spring.flyway: {user: tenancy_migrator");
    }

    @Test
    void a_schema_for_the_control_plane(CapturedOutput output) {
        Notes.createTable(database);
        database.execute(Role.SUPERUSER, "revoke all on schema tenancy from tenancy_control");

        refuse(output);

        assertThat(output).contains("grant usage, create on schema tenancy to");
    }

    @Test
    void a_database_that_is_not_there(CapturedOutput output) {
        refuse(output, "spring.datasource.url=" + database.jdbcUrl() + "_not");

        assertThat(output).contains("3D000", "roles.sql");
    }

    @Test
    void a_server_that_is_down(CapturedOutput output) throws IOException {
        refuse(
                output,
                "spring.datasource.url=jdbc:postgresql://localhost:" + unusedPort() + "/notes",
                "spring.datasource.hikari.connection-timeout=1000");

        assertThat(output).contains("Start its database");
    }

    @Test
    void a_server_that_is_down_when_flyway_comes_first(CapturedOutput output) throws IOException {
        refuse(
                output,
                "spring.datasource.url=jdbc:postgresql://localhost:" + unusedPort() + "/notes",
                "spring.flyway.enabled=true",
                "spring.flyway.user=tenancy_migrator");

        assertThat(output).contains("Start PostgreSQL, or correct the address");
    }

    private void refuse(CapturedOutput output, String... properties) {
        assertThatThrownBy(() -> Service.start(NotesApplication.class, Service.on(database, properties))
                        .close())
                .isInstanceOf(Exception.class);
        assertThat(output).contains("APPLICATION FAILED TO START", "Action:");
    }

    private static int unusedPort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
