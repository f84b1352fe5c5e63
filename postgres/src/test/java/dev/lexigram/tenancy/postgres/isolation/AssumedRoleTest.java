package dev.lexigram.tenancy.postgres.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.tenant.TenantIsolationException;
import dev.lexigram.tenancy.tenant.TenantMismatchException;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A superuser's login that runs as the application's role. */
@EnumSource
class AssumedRoleTest extends RowLevelTest {

    private static final IsolationConfig CONFIG = IsolationConfig.DEFAULTS.withAssumeRole("tenancy_app");

    private HikariDataSource assumed;
    private TenantDataSource confined;

    @BeforeEach
    void openSuperusersPool(TestDatabase database) {
        var config = new HikariConfig();
        config.setJdbcUrl(database.jdbcUrl());
        config.setDriverClassName(binder.driverClass());
        config.setUsername(Role.SUPERUSER.login());
        config.setMaximumPoolSize(1);
        AssumedRole.of(CONFIG).orElseThrow().applyTo(config);
        assumed = new HikariDataSource(config);
        confined = TenantDataSource.rowLevel(assumed, binder.of(CONFIG), () -> true);
    }

    @AfterEach
    void closeSuperusersPool() {
        assertThat(assumed.getHikariPoolMXBean().getActiveConnections()).isZero();
        assumed.close();
    }

    @Test
    void a_superusers_login_reads_no_foreign_rows(TestDatabase database) throws SQLException {
        var superuser = binder.connections(database, Role.SUPERUSER);
        var careless = bound(superuser);
        assertThat(notesOf(ACME, careless)).as("without the role").contains("globex 1", "globex 2");

        assertThat(notesOf(ACME, confined)).containsExactly("acme 1", "acme 2");
        assertThatThrownBy(() -> notes(confined)).hasFieldOrPropertyWithValue("SQLState", UNBOUND);
    }

    @Test
    void a_connection_that_does_not_assume_the_role_is_refused(TestDatabase database) throws SQLException {
        var superuser = binder.connections(database, Role.SUPERUSER);
        var mistaken = TenantDataSource.rowLevel(superuser, binder.of(CONFIG), () -> true);

        assertThatThrownBy(() -> notesOf(ACME, mistaken))
                .isInstanceOf(TenantIsolationException.class)
                .hasMessageContaining("startup option");
        assertThatThrownBy(() -> notes(mistaken)).isInstanceOf(TenantIsolationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset role", "reset all", "discard all"})
    void a_reset_does_not_lead_back_to_the_superuser(String reset, TestDatabase database) throws SQLException {
        try (var raw = binder.connections(database, Role.SUPERUSER).getConnection()) {
            run(raw, "set role tenancy_app");
            run(raw, reset);
            if (!reset.equals("reset all")) {
                assertThat(rows(raw, "select current_user"))
                        .as("a role set by a statement")
                        .containsExactly("postgres");
            }
        }
        try (var raw = assumed.getConnection()) {
            run(raw, reset);
            assertThat(rows(raw, "select current_user")).containsExactly("tenancy_app");
        }

        TenantContext.<SQLException>runAs(ACME, () -> {
            try (var connection = confined.getConnection()) {
                if (reset.equals("discard all")) {
                    assertThatThrownBy(() -> run(connection, reset)).hasFieldOrPropertyWithValue("SQLState", "25001");
                } else {
                    run(connection, reset);
                }
                assertThat(rows(connection, READ)).containsExactly("acme 1", "acme 2");
            }
        });
    }

    @Test
    void a_role_that_is_set_otherwise_is_noticed_before_the_next_statement() throws SQLException {
        TenantContext.<SQLException>runAs(ACME, () -> {
            try (var connection = confined.getConnection()) {
                connection.setAutoCommit(false);
                assertThatThrownBy(() -> {
                            run(connection, "set local role none");
                            rows(connection, READ);
                        })
                        .isInstanceOf(TenantIsolationException.class);
                assertThat(connection.isClosed()).isTrue();
            }
            try (var connection = confined.getConnection()) {
                assertThatThrownBy(() -> run(connection, "set role none")).isInstanceOf(TenantIsolationException.class);
            }
        });
        assertThat(notesOf(GLOBEX, confined)).containsExactly("globex 1", "globex 2");
    }

    @Test
    void a_role_that_a_function_sets_is_noticed_at_the_commit_or_before(TestDatabase database) throws SQLException {
        database.execute(
                Role.SUPERUSER,
                "create or replace function public.rise() returns text language sql as "
                        + "$$ select set_config('role', 'none', true) $$");
        TenantContext.<SQLException>runAs(ACME, () -> {
            try (var connection = confined.getConnection()) {
                connection.setAutoCommit(false);
                assertThatThrownBy(() -> {
                            run(connection, "select public.rise()");
                            run(connection, "insert into note (tenant_id, body) values ('globex', 'smuggled')");
                            connection.commit();
                        })
                        .isInstanceOfAny(TenantMismatchException.class, TenantIsolationException.class);
            }
        });
        assertThat(notesOf(GLOBEX, confined)).containsExactly("globex 1", "globex 2");
    }

    @Test
    void the_option_is_added_to_those_that_are_there() {
        var properties = new Properties();
        properties.setProperty("options", "-c statement_timeout=5s");

        AssumedRole.of("tenancy_app").applyTo(properties);

        assertThat(properties).containsEntry("options", "-c statement_timeout=5s -c role=tenancy_app");
    }

    @Test
    void options_in_the_url_would_hide_the_role_and_are_refused() {
        var config = new HikariConfig();
        config.setJdbcUrl("jdbc:postgresql://localhost/app?ssl=true&options=-c%20geqo=off");

        assertThatThrownBy(() -> AssumedRole.of("tenancy_app").applyTo(config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("options");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a -c x=y", "a'b", "a\"b", "a;b", "1a"})
    void a_role_is_a_plain_name(String role) {
        assertThatThrownBy(() -> AssumedRole.of(role)).isInstanceOf(IllegalArgumentException.class);
    }
}
