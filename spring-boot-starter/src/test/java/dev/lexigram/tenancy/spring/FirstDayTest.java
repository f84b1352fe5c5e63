package dev.lexigram.tenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.postgres.isolation.RowLevelPolicies;
import dev.lexigram.tenancy.spring.app.NotesApplication;
import dev.lexigram.tenancy.tenant.TenantRequiredException;
import dev.lexigram.tenancy.testkit.PostgresServer;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/** Migrations, the audit after them, and the application's login. */
@ExtendWith(OutputCaptureExtension.class)
class FirstDayTest {

    private static final String MIGRATOR = "spring.flyway.user=" + Role.MIGRATOR.login();

    @TempDir
    Path migrations;

    private TestDatabase database;

    @BeforeEach
    void createDatabaseAndMigrations() throws IOException {
        database = PostgresServer.shared().createDatabase();
        Files.writeString(migrations.resolve("V1__note.sql"), "set local role tenancy_owner;\n" + Notes.TABLE + ";\n");
        Files.writeString(
                migrations.resolve("V2__tenants.sql"),
                RowLevelPolicies.forTables("note").script());
    }

    @AfterEach
    void dropDatabase() {
        PostgresServer.shared().drop(database);
    }

    @Test
    void migrations_run_with_a_login_of_their_own_and_the_audit_after_them() {
        try (var service = start(MIGRATOR)) {
            Notes.assertIsolated(service);
            assertThatThrownBy(() -> DataSourceBuilder.derivedFrom(service.bean(DataSource.class))
                            .type(SimpleDriverDataSource.class)
                            .username(Role.MIGRATOR.login())
                            .build()) // what Boot does by itself
                    .isInstanceOf(RuntimeException.class);
        }
    }

    @Test
    void one_superuser_login_serves_with_an_assumed_role(CapturedOutput output) {
        var login = "spring.datasource.username=" + Role.SUPERUSER.login();
        assertThatThrownBy(() -> onlyLogin(login).close()).isInstanceOf(Exception.class);
        assertThat(output).contains("The database does not keep tenants apart", "assume_role");

        try (var service = onlyLogin(login, "tenancy.isolation.assume-role=tenancy_app")) {
            Notes.assertIsolated(service);
        }
    }

    @Test
    void in_warn_mode_a_table_without_policies_lets_all_work_without_a_tenant_be_refused(CapturedOutput output)
            throws IOException, SQLException {
        Files.writeString(
                migrations.resolve("V3__bare.sql"),
                "set local role tenancy_owner; create table bare (id int); grant select on bare to tenancy_app;");
        assertThatThrownBy(() -> start(MIGRATOR).close()).isInstanceOf(Exception.class);
        assertThat(output).contains("APPLICATION FAILED TO START", "bare");

        try (var service = start(MIGRATOR, "tenancy.isolation.audit=warn")) {
            assertThat(service.get("/open/notes", Tokens.of("ann")).body()).contains("LEX_ERR_TENANT_010");
            assertThatThrownBy(() -> service.bean(DataSource.class).getConnection())
                    .isInstanceOf(TenantRequiredException.class);
        }

        database.execute(Role.MIGRATOR, "set role tenancy_owner; drop table bare");
        try (var service = start(MIGRATOR);
                var unbound = service.bean(DataSource.class).getConnection()) {
            assertThat(unbound.isValid(1)).isTrue(); // proved: what belongs to no tenant is open
        }
    }

    private Service start(String... properties) {
        return start(Service.on(database), properties);
    }

    /** With one login for everything. */
    private Service onlyLogin(String... properties) {
        var own = Arrays.stream(Service.on(database))
                .filter(property -> !property.startsWith("tenancy.control_plane"))
                .toArray(String[]::new);
        return start(own, properties);
    }

    private Service start(String[] own, String[] properties) {
        var flyway = new String[] {
            "spring.flyway.enabled=true", "spring.flyway.locations=filesystem:" + migrations,
        };
        return Service.start(
                NotesApplication.class,
                Stream.of(own, flyway, properties).flatMap(Arrays::stream).toArray(String[]::new));
    }
}
