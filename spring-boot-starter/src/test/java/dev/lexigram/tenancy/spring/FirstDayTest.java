package dev.lexigram.tenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.postgres.isolation.RowLevelPolicies;
import dev.lexigram.tenancy.spring.app.NotesApplication;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/** Migrations, the audit after them, and the application's login. */
@TenancyTest
@ExtendWith(OutputCaptureExtension.class)
@TestMethodOrder(MethodOrderer.MethodName.class)
class FirstDayTest {

    private static final String GRANTS = "grant select on public.flyway_schema_history to tenancy_app";

    @TempDir
    Path migrations;

    @BeforeEach
    void writeMigrations() throws IOException {
        Files.writeString(migrations.resolve("V1__note.sql"), "set local role tenancy_owner;\n" + Notes.TABLE + ";\n");
        Files.writeString(
                migrations.resolve("V2__tenants.sql"),
                RowLevelPolicies.forTables("note").script());
    }

    @Test
    void migrations_run_with_a_login_of_their_own_and_the_audit_after_them(TestDatabase database) {
        try (var service = start(database, "spring.flyway.user=" + Role.MIGRATOR.login())) {
            assertIsolated(service);
            assertThatThrownBy(() -> DataSourceBuilder.derivedFrom(service.bean(DataSource.class))
                            .type(SimpleDriverDataSource.class)
                            .username(Role.MIGRATOR.login())
                            .build()) // what Boot does by itself
                    .isInstanceOf(RuntimeException.class);
        }
    }

    private Service start(TestDatabase database, String... properties) {
        var own =
                Service.on(database, "spring.flyway.enabled=true", "spring.flyway.locations=filesystem:" + migrations);
        return Service.start(
                NotesApplication.class,
                java.util.stream.Stream.of(own, properties)
                        .flatMap(java.util.Arrays::stream)
                        .toArray(String[]::new));
    }

    private static void assertIsolated(Service service) {
        Notes.createTenants(service);
        service.post("/notes", Tokens.of("ann", "acme"), "of acme");
        assertThat(service.get("/notes", Tokens.of("ann", "acme")).body()).isEqualTo("[\"of acme\"]");
        assertThat(service.get("/notes", Tokens.of("bob", "globex")).body()).isEqualTo("[]");
    }
}
