package dev.lexigram.tenancy.postgres.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.audit.Finding;
import dev.lexigram.tenancy.postgres.audit.FindingCode;
import dev.lexigram.tenancy.postgres.audit.TenancyAudit;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements that take on another role in the middle of a tenant's work; {@link AssumedRoleTest} has those of a superuser. */
@EnumSource
class RoleSwitchTest extends RowLevelTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set role tenancy_admin",
                "set local role tenancy_admin",
                "set role tenancy_owner",
                "set role tenancy_migrator",
                "set role postgres",
                "set session authorization tenancy_admin",
                "select set_config('role', 'tenancy_admin', true)",
                "do $$ begin set local role tenancy_admin; end $$",
            })
    void CN_13_the_serving_login_may_take_on_no_other_role(String sql) throws SQLException {
        TenantContext.<SQLException>runAs(ACME, () -> {
            try (var connection = tenants.getConnection()) {
                connection.setAutoCommit(false);
                assertThatThrownBy(() -> run(connection, sql)).hasFieldOrPropertyWithValue("SQLState", "42501");
                connection.rollback();
                assertThat(rows(connection, READ)).containsExactly("acme 1", "acme 2");
                assertThat(rows(connection, "select current_user")).containsExactly(Role.APP.login());
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset role", "set role none", "set role tenancy_app", "reset session authorization"})
    void CN_13_a_return_to_the_login_gives_no_row_and_keeps_the_tenant(String sql) throws SQLException {
        TenantContext.<SQLException>runAs(ACME, () -> {
            try (var connection = tenants.getConnection()) {
                connection.setAutoCommit(false);
                run(connection, sql);
                assertThat(rows(connection, READ)).containsExactly("acme 1", "acme 2");
                connection.commit();
            }
        });
        assertThat(notesOf(GLOBEX, tenants)).containsExactly("globex 1", "globex 2");
    }

    @Test
    void CN_13_a_login_that_is_a_member_of_more_reads_every_row_so_the_audit_refuses_it(TestDatabase database)
            throws SQLException {
        database.execute(Role.SUPERUSER, "create role switcher login noinherit in role tenancy_app, tenancy_admin");
        database.execute(Role.SUPERUSER, "grant select on public.note to tenancy_app, tenancy_admin");
        try (var own = poolOf("switcher", database)) {
            var careless = bound(own);

            TenantContext.<SQLException>runAs(ACME, () -> {
                try (var connection = careless.getConnection()) {
                    connection.setAutoCommit(false);
                    run(connection, "set local role tenancy_admin");
                    assertThat(rows(connection, READ)).as("without the audit").contains("globex 1", "globex 2");
                }
            });

            assertThat(TenancyAudit.of(own, IsolationConfig.DEFAULTS).run().errors())
                    .extracting(Finding::code)
                    .contains(FindingCode.ROLE_BYPASSES_POLICIES);
        } finally {
            database.execute(
                    Role.SUPERUSER,
                    "revoke select on public.note from tenancy_admin; drop owned by switcher; drop role switcher");
        }
    }

    private HikariDataSource poolOf(String login, TestDatabase database) {
        var config = new HikariConfig();
        config.setDriverClassName(binder.driverClass());
        config.setJdbcUrl(database.jdbcUrl());
        config.setUsername(login);
        config.setMaximumPoolSize(1);
        return new HikariDataSource(config);
    }
}
