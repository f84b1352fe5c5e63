package dev.lexigram.tenancy.postgres.adoption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TenancyTest
class AdoptCommandTest {

    private static final String SHOP = "--user postgres --first-tenant acme --shared plan,lookup --system device";

    @TempDir
    private Path folder;

    private String url;
    private String printed = "";
    private String complained = "";

    @BeforeAll
    static void shop(TestDatabase database) {
        Shop.create(database);
        database.execute(Role.SUPERUSER, "create table lookup (code text primary key)");
    }

    @BeforeEach
    void url(TestDatabase database) {
        url = database.jdbcUrl();
    }

    @Test
    void it_writes_the_plan_and_says_what_it_wrote(TestDatabase database) throws IOException {
        var out = folder.resolve("V2__tenants.sql");
        var indexes = folder.resolve("V3__tenant_indexes.sql");

        assertThat(run("--url " + url + " " + SHOP + " --out " + out + " --indexes-out " + indexes))
                .isZero();

        var plan = Shop.adoption(database).withSharedTables("plan", "lookup").plan();
        assertThat(out).hasContent(plan.migration());
        assertThat(indexes).hasContent(plan.indexes());
        assertThat(folder.resolve("V3__tenant_indexes.sql.conf")).hasContent("executeInTransaction=false");
        assertThat(printed).startsWith(plan.report()).contains("Wrote " + out, "Wrote " + indexes);
        assertThat(complained).isEmpty();
        assertThat(files()).hasSize(3);
    }

    @Test
    void without_a_file_to_write_there_is_only_the_report() throws IOException {
        assertThat(run("--url " + url + " " + SHOP)).isZero();

        assertThat(printed).contains("tenant     public.customer", "--indexes-out");
        assertThat(files()).isEmpty();
    }

    @Test
    void what_must_be_decided_first_is_written_and_told_by_the_status() {
        var out = folder.resolve("V2__tenants.sql");

        assertThat(run("--url %s --user postgres --first-tenant acme --out %s".formatted(url, out)))
                .isEqualTo(3);

        assertThat(out).exists();
        assertThat(printed).contains("ERROR KEY_NATURAL");
        assertThat(complained).contains("findings must be decided before the application serves tenants");
    }

    @Test
    void keys_and_names_are_what_the_arguments_say() {
        assertThat(run("--url " + url + " --user postgres --first-tenant acme --tenant customer --shared plan"
                        + " --keys tenant_first --setting app.tenant --app-role web --out "
                        + folder.resolve("V2.sql")))
                .isEqualTo(3); // tables that are named nowhere

        assertThat(folder.resolve("V2.sql"))
                .content()
                .contains("'TENANT_FIRST'", "current_setting('app.tenant'", "to \"web\"")
                .doesNotContain("invoice");
        assertThat(printed).contains("setting_name: app.tenant", "TABLE_UNNAMED", "ROLE_MISSING");
    }

    @ParameterizedTest
    @ValueSource(strings = {"V2.sql", "V3.sql", "V3.sql.conf"})
    void a_file_that_exists_is_kept_and_nothing_is_written_unless_forced(String present) throws IOException {
        Files.writeString(folder.resolve(present), "mine");
        var arguments = "--url %s %s --out %s --indexes-out %s"
                .formatted(url, SHOP, folder.resolve("V2.sql"), folder.resolve("V3.sql"));

        assertThat(run(arguments)).isEqualTo(1);

        assertThat(complained).contains("Nothing was written", present, "--force");
        assertThat(files()).containsExactly(folder.resolve(present));
        assertThat(folder.resolve(present)).hasContent("mine");
        assertThat(run(arguments + " --force")).isZero();
        assertThat(folder.resolve(present)).content().isNotEqualTo("mine");
        assertThat(files()).hasSize(3);
    }

    @Test
    void a_folder_that_does_not_exist_is_named() {
        assertThat(run("--url " + url + " " + SHOP + " --out " + folder.resolve("none/V2.sql")))
                .isEqualTo(1);

        assertThat(complained).contains("none", "the folder does not exist");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--url",
                "--url URL",
                "--url URL --first-tenant",
                "--url URL --first-tenant --force",
                "--url URL --first-tenant a'b",
                "--url URL --first-tenant acme --keys both",
                "--url URL --first-tenant acme --shared ,",
                "--url URL --first-tenant acme --setting x'y",
                "--url URL --first-tenant acme --app-role tenancy_owner",
                "--url URL --first-tenant acme --first-tenant acme",
                "--url URL --first-tenant acme --indexes-out V3.sql",
                "--url URL --first-tenant acme --unknown x",
                "--url URL --first-tenant acme rest",
                "--url URL --first-tenant acme --password secret",
                "--url jdbc:mysql://localhost/x --first-tenant acme",
                "--url jdbc:postgresql://host:notaport/x --first-tenant acme"
            })
    void arguments_that_are_wrong_are_told_with_the_usage(String arguments) {
        assertThat(run(arguments.replace("URL", url))).isEqualTo(2);

        assertThat(complained).contains("--first-tenant ID").doesNotContain("secret", "Exception");
        assertThat(printed).isEmpty();
    }

    @Test
    void help_is_no_failure() {
        assertThat(run("--help")).isZero();

        assertThat(printed).contains("--first-tenant ID", "PGPASSWORD");
    }

    @Test
    void a_server_or_a_database_or_a_login_that_is_not_there_is_told() throws IOException {
        var out = folder.resolve("V2.sql");
        for (var arguments : List.of(
                "--url jdbc:postgresql://localhost:1/shop " + SHOP,
                "--url " + url + "_none " + SHOP,
                "--url " + url + " " + SHOP.replace("postgres", "nobody"))) {

            assertThat(run(arguments + " --out " + out)).as(arguments).isEqualTo(4);

            assertThat(complained).contains("could not be read");
        }
        assertThat(files()).isEmpty();
    }

    private int run(String arguments) {
        var out = new ByteArrayOutputStream();
        var problems = new ByteArrayOutputStream();
        var status = new AdoptCommand(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(problems, true, StandardCharsets.UTF_8),
                        Map.of("PGPASSWORD", "any"))
                .run(Stream.of(arguments.split(" "))
                        .filter(argument -> !argument.isEmpty())
                        .toList());
        printed = out.toString(StandardCharsets.UTF_8);
        complained = problems.toString(StandardCharsets.UTF_8);
        return status;
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.toList();
        }
    }
}
