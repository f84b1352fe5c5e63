package dev.lexigram.tenancy.postgres.audit;

import static dev.lexigram.tenancy.postgres.Invoicing.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.policy.SchemaGuard;
import dev.lexigram.tenancy.postgres.policy.SchemaMarker;
import dev.lexigram.tenancy.postgres.policy.SchemaName;
import dev.lexigram.tenancy.postgres.policy.TableName;
import dev.lexigram.tenancy.postgres.policy.TenantPolicy;
import dev.lexigram.tenancy.postgres.schema.TenantSchemas;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantIsolationException;
import dev.lexigram.tenancy.testkit.PostgresServer;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** An audit of three hundred schemas: of one tenant each, with an empty table, one of a row and one of many rows. */
class ManySchemasAuditTest {

    private static final int SCHEMAS = 300;
    private static final List<String> TABLES = List.of("a_empty", "big", "note");
    private static final String SECRET = "select body from tenant_t137.note";
    private static final TenantPolicy POLICY = TenantPolicy.of(IsolationConfig.DEFAULTS);

    private static TestDatabase database;

    @BeforeAll
    static void three_hundred_schemas() {
        database = PostgresServer.shared().createDatabase();
        TenantSchemas.of(database.as(Role.MIGRATOR), (provisioner, schema) -> {}, IsolationConfig.DEFAULTS)
                .prepare();
        for (var number = 0; number < SCHEMAS; number++) {
            database.execute(Role.MIGRATOR, String.join(";\n", script(TenantId.of("t" + number))));
        }
        database.execute(Role.SUPERUSER, "analyze");
    }

    private static List<String> script(TenantId tenant) {
        var schema = SchemaName.of(tenant);
        var mark = new SchemaMarker(tenant, UUID.randomUUID());
        var script = new ArrayList<>(List.of(
                "set role tenancy_owner",
                "create schema " + schema.sql(),
                "comment on schema " + schema.sql() + " is '" + mark.text() + "'",
                "grant usage on schema " + schema.sql() + " to tenancy_app"));
        for (var name : TABLES) {
            var table = new TableName(schema.value(), name);
            script.add("create table " + table.sql() + " (id int, body text)");
            script.addAll(new SchemaGuard(tenant).protect(table));
            script.add("grant select, insert, update, delete on " + table.sql() + " to tenancy_app");
        }
        script.add("reset role");
        script.add("insert into " + schema.sql() + ".note values (1, 'of " + tenant + "')");
        script.add("insert into " + schema.sql() + ".big select n, repeat('x', 100) from generate_series(1, 200) n");
        return script;
    }

    @AfterAll
    static void drop() {
        PostgresServer.shared().drop(database);
    }

    @BeforeEach
    void nothing_is_wrong() {
        assertThat(audit()).isEmpty();
    }

    @AfterEach
    void the_function_tells_the_truth() {
        database.execute(Role.SUPERUSER, POLICY.createFunction());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alter table tenant_t137.note disable row level security",
                "alter policy tenancy_schema_allow on tenant_t137.note using (true);"
                        + " alter policy tenancy_schema_confine on tenant_t137.note using (true)",
                "alter policy tenancy_schema_allow on tenant_t137.note using (true);"
                        + " alter policy tenancy_schema_confine on tenant_t137.note"
                        + " using ((select tenancy.require_tenant()) = 't138')",
                "alter policy tenancy_schema_allow on tenant_t137.note using (body is not null);"
                        + " alter policy tenancy_schema_confine on tenant_t137.note using (body = 'of t137')",
                "alter policy tenancy_schema_allow on tenant_t137.note using (true);"
                        + " drop policy tenancy_schema_confine on tenant_t137.note",
            })
    void RX_08_a_defect_in_one_schema_among_hundreds_is_found(String defect) throws SQLException {
        assertThat(as(database.as(Role.APP), "t138", SECRET)).isEmpty();

        database.execute(Role.SUPERUSER, defect);

        assertThat(as(database.as(Role.APP), "t138", SECRET)).containsExactly("of t137");
        var findings = audit();
        assertThat(findings).extracting(Finding::code).containsExactly(FindingCode.SCHEMA_GUARD_MISSING);
        assertThat(findings).extracting(Finding::object).containsExactly("tenant_t137.note");
        database.execute(Role.SUPERUSER, findings.get(0).mend());
        assertThat(audit()).isEmpty();
        assertThat(as(database.as(Role.APP), "t138", SECRET)).isEmpty();
    }

    @Test
    void RX_08_a_policy_that_is_right_only_for_writing_is_found() {
        database.execute(Role.SUPERUSER, "alter policy tenancy_schema_confine on tenant_t137.note with check (true)");

        var findings = audit();

        assertThat(findings).extracting(Finding::object).containsExactly("tenant_t137.note");
        database.execute(Role.SUPERUSER, findings.get(0).mend());
    }

    @Test
    void RX_08_of_a_schemas_tables_that_have_the_same_policies_the_smallest_with_rows_is_tried() {
        database.execute(Role.SUPERUSER, lying("t42"));
        assertThat(seenByTheCanary()).containsExactly("tenant_t42.note");

        database.execute(Role.SUPERUSER, "create policy more on tenant_t42.big as restrictive using (true)");
        assertThat(seenByTheCanary()).containsExactly("tenant_t42.big", "tenant_t42.note");

        database.execute(Role.SUPERUSER, "drop policy more on tenant_t42.big");
    }

    @Test
    void RX_08_every_schema_is_tried() {
        for (var number : List.of(0, 137, SCHEMAS - 1)) {
            var guarded = "tenant_t" + number + ".note";
            database.execute(Role.SUPERUSER, lying("t" + number));

            assertThat(seenByTheCanary()).containsExactly(guarded);
        }
    }

    @Test
    void RX_08_while_nothing_has_changed_no_table_is_read_again_and_a_change_is_noticed() throws SQLException {
        var impatient = (PGSimpleDataSource) database.as(Role.APP);
        impatient.setOptions("-c lock_timeout=200");
        var audit = TenancyAudit.of(impatient, IsolationConfig.DEFAULTS);
        var before = audit.fingerprint();
        audit.run().requireProved();

        try (var other = database.as(Role.SUPERUSER).getConnection();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table tenant_t137.note in access exclusive mode");

            assertThat(audit.fingerprint()).isEqualTo(before);
            assertThatThrownBy(audit::run)
                    .as("a whole audit reads the table")
                    .isInstanceOf(TenantIsolationException.class)
                    .hasMessageContaining("55P03");
        }
        database.execute(Role.SUPERUSER, "alter table tenant_t137.note no force row level security");

        assertThat(audit.fingerprint()).isNotEqualTo(before);
        assertThat(audit.run().findings()).extracting(Finding::object).containsExactly("tenant_t137.note");
        database.execute(Role.SUPERUSER, "alter table tenant_t137.note force row level security");
    }

    /** Takes everybody for this tenant. */
    private static String lying(String tenant) {
        return "create or replace function tenancy.require_tenant() returns text language sql stable as $$ select '"
                + tenant + "' $$";
    }

    private static List<String> seenByTheCanary() {
        return audit().stream()
                .filter(finding -> finding.code() == FindingCode.CANARY_SEES_ROWS)
                .map(Finding::object)
                .sorted()
                .toList();
    }

    private static List<Finding> audit() {
        return TenancyAudit.of(database.as(Role.APP), IsolationConfig.DEFAULTS)
                .run()
                .findings();
    }
}
