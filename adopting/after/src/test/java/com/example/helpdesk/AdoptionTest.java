package com.example.helpdesk;

import static com.jayway.jsonpath.JsonPath.read;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.acceptance.Api;
import dev.lexigram.tenancy.acceptance.Tokens;
import dev.lexigram.tenancy.postgres.adoption.AdoptCommand;
import dev.lexigram.tenancy.testkit.PostgresServer;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The way of docs/adopting.md: a help desk that has served one company gets tenants. {@code -Dadopting.write=true} writes
 * the migrations that are committed.
 */
class AdoptionTest {

    private static final Path SCRIPTS = Path.of("src/main/resources/db");
    private static final String TENANTS = "V3__tenants.sql";
    private static final String INDEXES = "tenant_indexes.sql";

    @TempDir
    private static Path written;

    private static ConfigurableApplicationContext after;
    private static Api acme;
    private static Api globex;
    private static Api nowhere;

    @BeforeAll
    static void the_way_is_gone() throws IOException {
        var database = PostgresServer.shared().createDatabase();
        serveOneCompany(database);
        writeMigrations(database);
        for (var script : List.of("roles.sql", "adopt.sql")) {
            database.execute(Role.SUPERUSER, script(script));
        }
        after = Helpdesk.start(database);
        for (var index : Files.readString(SCRIPTS.resolve(INDEXES)).split(";\n\n")) {
            database.execute(Role.MIGRATOR, index); // each by itself, as psql does
        }
        nowhere = Helpdesk.api(after).as(Tokens.of("carol"));
        acme = nowhere.header("Host", "acme.helpdesk.localhost");
        globex = nowhere.header("Host", "globex.helpdesk.localhost");
    }

    @AfterAll
    static void stop() {
        after.close();
    }

    @Test
    void the_committed_migrations_are_what_the_library_writes() {
        assertThat(SCRIPTS.resolve("migration").resolve(TENANTS)).hasSameTextualContentAs(written.resolve(TENANTS));
        assertThat(SCRIPTS.resolve(INDEXES)).hasSameTextualContentAs(written.resolve(INDEXES));
    }

    @Test
    void what_was_there_belongs_to_the_first_tenant_and_nobody_else_sees_it() {
        for (var path : List.of("/contacts?name=Ada", "/categories", "/tickets", "/tickets/counts")) {
            assertThat(acme.get(path).body()).as(path).containsAnyOf("Ada", "Printers", "Fire");
            assertThat(globex.get(path).body()).as(path).doesNotContain("Ada", "Printers", "Fire");
            assertThat(nowhere.get(path).statusCode()).as(path).isEqualTo(403);
        }
        assertThat(Helpdesk.api(after).get("/priorities").body()).contains("urgent");
    }

    @Test
    void what_was_unique_is_unique_within_a_tenant() {
        var contact = """
                {"name": "Twin", "email": "ada@acme.example"}""";
        assertThat(acme.post("/contacts", contact).statusCode()).isEqualTo(409);
        assertThat(globex.post("/contacts", contact).statusCode()).isEqualTo(201);
        assertThat(globex.post("/contacts", contact).statusCode()).isEqualTo(409);

        var category = """
                {"name": "PRINTERS"}""";
        assertThat(acme.post("/categories", category).statusCode()).isEqualTo(409);
        assertThat(globex.post("/categories", category).statusCode()).isEqualTo(201);
        assertThat(acme.get("/categories").body()).contains("Printers").doesNotContain("PRINTERS");
    }

    @Test
    void no_line_of_java_is_changed_and_ten_lines_of_yaml_are_enough() throws IOException {
        var before = Files.readAllLines(Path.of("../before/src/main/resources/application.yaml"));
        var lines = new ArrayList<>(Files.readAllLines(Path.of("src/main/resources/application.yaml")));
        var page = Files.readString(Path.of("../../docs/adopting.md"));

        lines.removeAll(before);
        lines.removeIf(String::isBlank);

        assertThat(Path.of("src/main/java")).doesNotExist();
        assertThat(lines).hasSizeLessThanOrEqualTo(10);
        assertThat(page).contains(lines);
    }

    /** As it was, with a login that owns its tables. */
    private static void serveOneCompany(TestDatabase database) {
        database.execute(Role.SUPERUSER, "create role helpdesk login");
        database.execute(Role.SUPERUSER, "grant create on schema public to helpdesk");
        var before = Helpdesk.start(
                database,
                "tenancy.enabled=false",
                "spring.datasource.username=helpdesk",
                "spring.flyway.user=helpdesk",
                "spring.flyway.target=2");
        try (before) {
            var ann = Helpdesk.api(before).as(Tokens.of("ann"));
            int contact = read(ann.post("/contacts", """
                    {"name": "Ada", "email": "ada@acme.example"}""").body(), "$.id");
            ann.post("/categories", """
                    {"name": "Printers"}""");
            var ticket = ann.post("/tickets", """
                    {"contactId": %d, "subject": "Fire", "comment": "Help", "dueOn": "2030-01-01"}""".formatted(contact));
            assertThat(ticket.statusCode()).isEqualTo(201);
        }
    }

    private static void writeMigrations(TestDatabase database) throws IOException {
        var status = AdoptCommand.run(
                "--url", database.jdbcUrl(),
                "--user", Role.SUPERUSER.login(),
                "--first-tenant", "acme",
                "--shared", "priority",
                "--out", written.resolve(TENANTS).toString(),
                "--indexes-out", written.resolve(INDEXES).toString());
        assertThat(status).isZero();
        if (Boolean.getBoolean("adopting.write")) {
            Files.copy(written.resolve(TENANTS), SCRIPTS.resolve("migration").resolve(TENANTS), REPLACE_EXISTING);
            Files.copy(written.resolve(INDEXES), SCRIPTS.resolve(INDEXES), REPLACE_EXISTING);
        }
    }

    private static String script(String name) throws IOException {
        try (var script = AdoptCommand.class.getResourceAsStream("/dev/lexigram/tenancy/postgres/" + name)) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
