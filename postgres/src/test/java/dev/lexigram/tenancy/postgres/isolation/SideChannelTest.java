package dev.lexigram.tenancy.postgres.isolation;

import static dev.lexigram.tenancy.postgres.Invoicing.as;
import static dev.lexigram.tenancy.postgres.Invoicing.bind;
import static dev.lexigram.tenancy.postgres.Invoicing.rows;
import static dev.lexigram.tenancy.postgres.Invoicing.unbound;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.Invoicing;
import dev.lexigram.tenancy.postgres.audit.Finding;
import dev.lexigram.tenancy.postgres.audit.FindingCode;
import dev.lexigram.tenancy.postgres.audit.TenancyAudit;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.io.StringReader;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** Ways around the rows that a query shows: copies, functions that look at their arguments, statistics, workers. */
@TenancyTest
class SideChannelTest {

    private static final String REFUSED = "42501";
    private static final String IN_WORKERS = """
            set local parallel_setup_cost = 0; set local parallel_tuple_cost = 0;
            set local min_parallel_table_scan_size = 0; set local max_parallel_workers_per_gather = 2""";

    private DataSource app;

    @BeforeEach
    void one_customer_of_acme_and_many_of_globex(TestDatabase database) throws SQLException {
        Invoicing.create(database);
        app = database.as(Role.APP);
        RowLevelPolicies.forTables("customer", "invoice").apply(database.as(Role.MIGRATOR));
        as(app, "acme", "insert into customer (name) values ('Ann')");
        as(app, "globex", "insert into customer (name) select 'Guy' from generate_series(1, 5000)");
        database.execute(Role.MIGRATOR, "analyze customer");
    }

    @Test
    void RL_14_a_copy_out_is_filtered_and_needs_a_tenant(TestDatabase database) throws Exception {
        assertThat(copied("acme")).isEqualTo("Ann\n");
        assertThatThrownBy(() -> copied("")).hasFieldOrPropertyWithValue("SQLState", REFUSED);

        database.execute(Role.MIGRATOR, "alter table customer disable row level security");
        assertThat(copied("acme")).contains("Guy");
    }

    @Test
    void RL_14_a_copy_in_is_refused_and_without_policies_would_take_rows_for_anybody(TestDatabase database)
            throws Exception {
        assertThatThrownBy(() -> copyIn("Planted\tglobex\n")).hasMessageContaining("row-level security");

        database.execute(Role.MIGRATOR, "alter table customer disable row level security");
        assertThat(copyIn("Planted\tglobex\n")).isEqualTo(1);
    }

    @Test
    void RL_14_a_copy_through_a_program_or_a_file_needs_rights_that_the_role_lacks(TestDatabase database)
            throws SQLException {
        refused(() -> as(app, "acme", "copy (select 1) to program 'cat'"));
        refused(() -> as(app, "acme", "copy (select name from customer) to '/tmp/customers'"));
        refused(() -> as(app, "acme", "copy customer (name) from '/etc/hostname'"));

        database.execute(Role.SUPERUSER, "grant pg_execute_server_program to tenancy_app");
        try {
            assertThat(as(app, "acme", "copy (select 1) to program 'cat > /dev/null'"))
                    .containsExactly("1");
            assertThat(codes(
                            TenancyAudit.of(app, IsolationConfig.DEFAULTS).run().findings()))
                    .contains(FindingCode.ROLE_READS_OR_WRITES_ALL);
        } finally {
            database.execute(Role.SUPERUSER, "revoke pg_execute_server_program from tenancy_app");
        }
    }

    @Test
    void RL_19_a_function_that_tells_its_argument_cannot_be_made_and_would_see_own_rows_only(TestDatabase database)
            throws SQLException {
        var leak = """
                create function pg_temp.leak(text) returns boolean language plpgsql cost 0.0000001 as
                    $$ begin raise notice 'leaked %', $1; return true; end $$""";
        refused(() -> unbound(app, leak));

        database.execute(Role.SUPERUSER, "grant temporary on database " + database.name() + " to tenancy_app");
        database.execute(Role.SUPERUSER, """
                create view filtered with (security_barrier = false) as
                    select * from customer where tenant_id = current_setting('tenancy.tenant_id', true);
                grant select on filtered to tenancy_app""");
        try (var connection = app.getConnection()) {
            connection.setAutoCommit(false);
            rows(connection, leak);
            rows(connection, "set local enable_indexscan = off; set local enable_bitmapscan = off");
            bind(connection, "acme");

            assertThat(told(connection, "select from customer where pg_temp.leak(name)"))
                    .containsExactly("leaked Ann");
            assertThat(told(connection, "select from filtered where pg_temp.leak(name)"))
                    .as("a view that filters, of an owner who sees all")
                    .contains("leaked Guy");
            connection.rollback();
        }
        assertThat(codes(TenancyAudit.of(app, IsolationConfig.DEFAULTS).run().findings()))
                .contains(FindingCode.TEMPORARY_GRANTED, FindingCode.VIEW_OF_OWNER);
        database.execute(Role.SUPERUSER, "revoke temporary on database " + database.name() + " from tenancy_app");
    }

    @Test
    void RL_22_statistics_of_a_protected_table_are_hidden(TestDatabase database) throws SQLException {
        var statistics = "select attname from pg_stats where tablename = 'customer'";
        assertThat(as(app, "acme", statistics)).isEmpty();
        refused(() -> as(app, "acme", "select 1 from pg_statistic"));

        database.execute(Role.MIGRATOR, "alter table customer disable row level security");
        assertThat(as(app, "acme", statistics)).contains("tenant_id", "name");
    }

    @Test
    void RL_22_what_is_open_an_estimate_tells_how_many_rows_another_tenant_has() throws SQLException {
        assertThat(estimate("select from customer where tenant_id = 'globex'")).isGreaterThan(1_000);
        assertThat(estimate("select from customer where tenant_id = 'nobody'")).isLessThan(1_000);
    }

    @Test
    void RL_23_workers_of_a_parallel_query_see_the_tenants_own_rows_only(TestDatabase database) throws SQLException {
        var names = "select count(*) from customer where length(name) = 3";
        try (var connection = app.getConnection()) {
            connection.setAutoCommit(false);
            bind(connection, "acme");
            rows(connection, IN_WORKERS);

            assertThat(workers(connection, names)).isPositive();
            assertThat(rows(connection, names)).containsExactly("1");
            connection.rollback();
        }

        database.execute(Role.MIGRATOR, "alter table customer disable row level security");
        try (var connection = app.getConnection()) {
            connection.setAutoCommit(false);
            rows(connection, IN_WORKERS);
            assertThat(workers(connection, names)).isPositive();
            assertThat(rows(connection, names)).containsExactly("5001");
            connection.rollback();
        }
    }

    @Test
    void RL_23_in_a_worker_too_nothing_bound_raises() throws SQLException {
        try (var connection = app.getConnection()) {
            connection.setAutoCommit(false);
            rows(connection, IN_WORKERS);
            refused(() -> rows(connection, "select count(*) from customer where length(name) = 3"));
            connection.rollback();
        }
    }

    private String copied(String tenant) throws Exception {
        try (var connection = app.getConnection()) {
            connection.setAutoCommit(false);
            bind(connection, tenant);
            var written = new StringWriter();
            connection.unwrap(PGConnection.class).getCopyAPI().copyOut("copy customer (name) to stdout", written);
            return written.toString();
        }
    }

    private long copyIn(String rows) throws Exception {
        try (var connection = app.getConnection()) {
            connection.setAutoCommit(false);
            bind(connection, "acme");
            return connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy customer (name, tenant_id) from stdin", new StringReader(rows));
        }
    }

    private static List<String> told(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
            var messages = new java.util.ArrayList<String>();
            for (var warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
                messages.add(warning.getMessage());
            }
            return messages;
        }
    }

    private int estimate(String sql) throws SQLException {
        return number("rows=(\\d+)", as(app, "acme", "explain " + sql));
    }

    private static int workers(Connection connection, String sql) throws SQLException {
        return number("Workers Launched: (\\d+)", rows(connection, "explain (analyze, costs off) " + sql));
    }

    private static int number(String pattern, List<String> plan) {
        var found = Pattern.compile(pattern).matcher(String.join("\n", plan));
        assertThat(found.find()).as(String.join("\n", plan)).isTrue();
        return Integer.parseInt(found.group(1));
    }

    private static List<FindingCode> codes(List<Finding> findings) {
        return findings.stream().map(Finding::code).toList();
    }

    private static void refused(ThrowingCallable attack) {
        assertThatThrownBy(attack).isInstanceOf(SQLException.class).hasFieldOrPropertyWithValue("SQLState", REFUSED);
    }
}
