package dev.lexigram.tenancy.postgres.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.policy.SchemaName;
import dev.lexigram.tenancy.postgres.schema.TenantSchemas;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.testkit.PostgresServer;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Defects of the schemas of tenants, each planted in a database that had no finding. */
@Tag("server")
class SchemaAuditTest {

    private static final TenantId ACME = TenantId.of("acme");
    private static final TenantId GLOBEX = TenantId.of("globex");

    private TestDatabase database;
    private TenantSchemas schemas;

    @BeforeEach
    void two_schemas_with_a_row_each() {
        database = PostgresServer.shared().createDatabase();
        schemas = TenantSchemas.of(database.as(Role.MIGRATOR), this::migrate, IsolationConfig.DEFAULTS);
        for (var id : List.of(ACME, GLOBEX)) {
            schemas.provision(id);
            database.execute(Role.MIGRATOR, "insert into tenant_" + id + ".note values (1, '" + id + "')");
        }
        assertThat(audit(IsolationConfig.DEFAULTS)).isEmpty();
    }

    @AfterEach
    void drop() {
        PostgresServer.shared().drop(database);
    }

    private void migrate(DataSource provisioner, SchemaName schema) {
        database.execute(Role.MIGRATOR, "create table " + schema.sql() + ".note (id int primary key, body text)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            alter table tenant_acme.note disable row level security                      | SCHEMA_GUARD_MISSING
            alter table tenant_acme.note no force row level security                     | SCHEMA_GUARD_MISSING
            drop policy tenancy_schema_confine on tenant_acme.note                       | SCHEMA_GUARD_MISSING
            alter policy tenancy_schema_confine on tenant_acme.note to tenancy_app       | SCHEMA_GUARD_MISSING
            alter policy tenancy_schema_confine on tenant_acme.note using (true)         | SCHEMA_GUARD_MISSING
            alter policy tenancy_schema_confine on tenant_acme.note using ((select tenancy.require_tenant()) = 'globex') | SCHEMA_GUARD_MISSING
            create table tenant_acme.late (id int); grant select on tenant_acme.late to tenancy_app | SCHEMA_GUARD_MISSING
            grant create on schema tenant_acme to tenancy_app                            | CREATE_GRANTED
            grant create on schema tenant_acme to public                                 | CREATE_GRANTED
            grant truncate on tenant_acme.note to tenancy_app                            | TABLE_RIGHTS_EXCESSIVE
            create view tenant_acme.v as select * from tenant_globex.note; grant select on tenant_acme.v to tenancy_app | VIEW_OF_OWNER
            alter role tenancy_app in database %s set search_path = tenant_acme, public  | SCHEMA_ON_PATH
            """)
    void a_planted_defect_is_found_and_mended_by_its_own_sql(String defect, FindingCode code) {
        database.execute(Role.SUPERUSER, defect.formatted(database.name()));

        var findings = audit(IsolationConfig.DEFAULTS);

        assertThat(findings).extracting(Finding::code).contains(code);
        assertThat(findings)
                .allMatch(finding -> finding.severity() == Severity.ERROR)
                .allMatch(finding ->
                        !finding.object().isEmpty() && !finding.risk().isEmpty());
        if (code == FindingCode.SCHEMA_ON_PATH) {
            database.execute(
                    Role.SUPERUSER, "alter role tenancy_app in database " + database.name() + " reset search_path");
        } else {
            findings.forEach(finding -> database.execute(Role.SUPERUSER, finding.mend()));
        }
        assertThat(audit(IsolationConfig.DEFAULTS)).isEmpty();
    }

    @Test
    void a_schema_that_lost_its_mark_is_found() {
        database.execute(Role.SUPERUSER, "comment on schema tenant_acme is null");

        assertThat(audit(IsolationConfig.DEFAULTS)).extracting(Finding::code).contains(FindingCode.SCHEMA_NOT_MARKED);
    }

    @Test
    void a_copy_that_carries_the_mark_of_another_is_found() throws SQLException {
        var mark = mark();
        database.execute(Role.SUPERUSER, "comment on schema tenant_globex is '" + mark + "'");

        assertThat(audit(IsolationConfig.DEFAULTS))
                .extracting(Finding::code)
                .contains(FindingCode.SCHEMA_MARK_FOREIGN, FindingCode.SCHEMA_GUARD_MISSING);
    }

    @Test
    void an_archive_is_clean_until_somebody_opens_it() {
        schemas.archive(ACME);
        assertThat(audit(IsolationConfig.DEFAULTS)).isEmpty();

        var archived = schemas.place(ACME).orElseThrow();
        database.execute(Role.SUPERUSER, "grant usage on schema " + archived.sql() + " to tenancy_app");

        assertThat(audit(IsolationConfig.DEFAULTS))
                .extracting(Finding::code)
                .containsExactly(FindingCode.SCHEMA_ARCHIVE_REACHABLE);
    }

    @Test
    void the_serving_role_as_owner_of_a_schema_is_found() {
        database.execute(Role.SUPERUSER, "alter schema tenant_acme owner to tenancy_app");

        assertThat(audit(IsolationConfig.DEFAULTS)).extracting(Finding::code).contains(FindingCode.ROLE_OWNS);
    }

    @Test
    void a_path_in_the_url_is_found() {
        var login = new PGSimpleDataSource();
        login.setUrl(database.jdbcUrl() + "?currentSchema=tenant_acme");
        login.setUser(Role.APP.login());

        assertThat(TenancyAudit.of(login, IsolationConfig.DEFAULTS).run().findings())
                .extracting(Finding::code)
                .containsExactly(FindingCode.SCHEMA_ON_PATH);
    }

    @Test
    void an_extension_schema_holds_no_tables() {
        var config = IsolationConfig.DEFAULTS.withSchema(
                IsolationConfig.DEFAULTS.schema().withExtensionSchema("ext"));
        assertThat(audit(config)).extracting(Finding::code).containsExactly(FindingCode.EXTENSION_SCHEMA_MISSING);

        database.execute(Role.SUPERUSER, "create schema ext; grant usage on schema ext to tenancy_app");
        assertThat(audit(config)).isEmpty();

        database.execute(Role.SUPERUSER, "create table ext.note (body text)");
        assertThat(audit(config)).extracting(Finding::code).containsExactly(FindingCode.EXTENSION_SCHEMA_HAS_TABLES);
    }

    /** The probe asks the tables themselves, whatever the catalogue says of them. */
    @Test
    void the_guard_that_reads_right_and_lets_everybody_in_is_found_by_the_probe() {
        database.execute(Role.SUPERUSER, """
                create or replace function tenancy.require_tenant() returns text
                    language sql stable as $$ select 'acme' $$
                """);

        assertThat(audit(IsolationConfig.DEFAULTS))
                .extracting(Finding::code)
                .contains(FindingCode.UNBOUND_READ_SUCCEEDS, FindingCode.CANARY_SEES_ROWS);
    }

    private String mark() throws SQLException {
        try (var connection = database.as(Role.SUPERUSER).getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select obj_description('tenant_acme'::regnamespace)")) {
            row.next();
            return row.getString(1);
        }
    }

    private List<Finding> audit(IsolationConfig config) {
        return TenancyAudit.of(database.as(Role.APP), config).run().findings();
    }
}
