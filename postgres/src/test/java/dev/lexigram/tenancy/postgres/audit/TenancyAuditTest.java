package dev.lexigram.tenancy.postgres.audit;

import static dev.lexigram.tenancy.postgres.Invoicing.unbound;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.Invoicing;
import dev.lexigram.tenancy.postgres.isolation.RowLevelPolicies;
import dev.lexigram.tenancy.postgres.policy.TableName;
import dev.lexigram.tenancy.tenant.TenantIsolationException;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

@TenancyTest
class TenancyAuditTest {

    private TenancyAudit audit;

    @BeforeEach
    void two_tables_without_policies(TestDatabase database) {
        Invoicing.create(database);
        audit = TenancyAudit.of(database.as(Role.APP), IsolationConfig.DEFAULTS);
    }

    @Test
    void one_table_among_a_thousand_is_found(TestDatabase database) {
        var tables = IntStream.range(0, 1000)
                .mapToObj(number -> TableName.of("t" + number))
                .toList();
        database.execute(
                Role.MIGRATOR,
                "do $$ begin for n in 0..999 loop execute format('create table t%s ()', n); end loop;" + " end $$");
        RowLevelPolicies.forTables(tables).apply(database.as(Role.MIGRATOR));
        assertThat(audit.run().findings()).isEmpty();

        database.execute(Role.MIGRATOR, "alter table t537 disable row level security");

        assertThat(audit.run().findings()).extracting(Finding::object).containsExactly("public.t537");
    }

    @Test
    void hostile_names_are_reported_on_one_line_and_mended_by_sql_that_names_only_them(TestDatabase database)
            throws SQLException {
        var hostile = new TableName("public", "a\"; drop table customer; --\n'%s");
        database.execute(Role.MIGRATOR, "create table " + hostile.sql() + " (id int)");
        RowLevelPolicies.forTables(List.of(hostile)).apply(database.as(Role.MIGRATOR));
        assertThat(audit.run().findings()).isEmpty(); // the live reads have named it, too
        database.execute(Role.MIGRATOR, "create policy \"p\"\"; drop table customer; --\n\" on " + hostile.sql());

        var findings = audit.run().findings();

        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).toString()).doesNotContain("\n").contains("drop table customer");
        database.execute(Role.MIGRATOR, findings.get(0).mend());
        assertThat(audit.run().findings()).isEmpty();
        assertThat(unbound(database.as(Role.SUPERUSER), "select count(*) from customer"))
                .containsExactly("0");
    }

    @Test
    void a_report_that_proves_nothing_lists_every_error_with_the_sql_that_mends_it(TestDatabase database) {
        database.execute(
                Role.MIGRATOR,
                "grant select, truncate on customer to tenancy_app;"
                        + " drop function if exists tenancy.require_tenant() cascade");

        var report = audit.run();

        assertThat(report.errors()).hasSize(3);
        assertThatThrownBy(report::requireProved)
                .isInstanceOf(TenantIsolationException.class)
                .hasFieldOrPropertyWithValue("code", "LEX_ERR_TENANT_015")
                .hasMessageContaining("3 errors")
                .hasMessageContaining("FUNCTION_MISSING")
                .hasMessageContaining("TABLE_UNDECLARED public.customer")
                .hasMessageContaining("revoke truncate, trigger, references on \"public\".\"customer\"");
    }

    @Test
    void a_database_that_cannot_be_asked_proves_nothing(TestDatabase database) {
        var nowhere = (PGSimpleDataSource) database.as(Role.APP);
        nowhere.setDatabaseName("no_such_database");

        assertThatThrownBy(
                        () -> TenancyAudit.of(nowhere, IsolationConfig.DEFAULTS).run())
                .isInstanceOf(TenantIsolationException.class)
                .hasMessageContaining("not proved");
    }

    @Test
    void the_pool_gets_its_connection_back_as_it_was(TestDatabase database) throws SQLException {
        RowLevelPolicies.forTables("customer", "invoice").apply(database.as(Role.MIGRATOR));
        try (var pool = new HikariDataSource()) {
            pool.setDataSource(database.as(Role.APP));
            pool.setMaximumPoolSize(1);
            var state = "select current_setting('search_path') || current_setting('enable_seqscan')"
                    + " || coalesce(current_setting('tenancy.tenant_id', true), '')";
            var before = unbound(pool, state);

            assertThat(TenancyAudit.of(pool, IsolationConfig.DEFAULTS).run().findings())
                    .isEmpty();

            assertThat(unbound(pool, state)).isEqualTo(before);
            try (var connection = pool.getConnection()) {
                assertThat(connection.getAutoCommit()).isTrue();
            }
        }
    }
}
