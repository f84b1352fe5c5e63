package dev.lexigram.tenancy.postgres.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.Invoicing;
import dev.lexigram.tenancy.postgres.isolation.RowLevelPolicies;
import dev.lexigram.tenancy.postgres.policy.SchemaName;
import dev.lexigram.tenancy.postgres.schema.TenantSchemas;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.testkit.PostgresServer;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Goal G11: defects planted one by one in a clean database that has tables of all tenants and two schemas of one tenant
 * each. The audit names each, says what can happen, and gives the SQL after which nothing is left to find.
 */
@Tag("server")
class SeededDefectsTest {

    private static final IsolationConfig CONFIG = IsolationConfig.DEFAULTS
            .withTenantTables("customer", "invoice", "event")
            .withSharedTables("country");

    private TestDatabase database;

    @BeforeEach
    void a_clean_database() {
        database = PostgresServer.shared().createDatabase();
        Invoicing.create(database);
        database.execute(Role.MIGRATOR, """
                create table event (id bigint generated always as identity, at date not null) partition by range (at);
                create table event_2026 partition of event for values from ('2026-01-01') to ('2027-01-01');
                create table country (code text primary key, vat text);
                grant select on country to tenancy_app""");
        RowLevelPolicies.forTables("customer", "invoice", "event").apply(database.as(Role.MIGRATOR));
        var schemas = TenantSchemas.of(database.as(Role.MIGRATOR), this::migrate, IsolationConfig.DEFAULTS);
        schemas.provision(TenantId.of("acme"));
        schemas.provision(TenantId.of("globex"));
    }

    @AfterEach
    void drop() {
        database.execute(Role.SUPERUSER, "drop role if exists audit_bypass; alter role tenancy_app nobypassrls");
        PostgresServer.shared().drop(database);
    }

    private void migrate(DataSource provisioner, SchemaName schema) {
        database.execute(Role.MIGRATOR, "create table " + schema.sql() + ".note (id int primary key, body text)");
    }

    @Test
    void G11_the_clean_database_has_no_finding() {
        assertThat(audit()).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            no RLS          | alter table customer disable row level security          | ROW_SECURITY_OFF           | public.customer
            no RLS          | alter table tenant_acme.note disable row level security  | SCHEMA_GUARD_MISSING       | tenant_acme.note
            no FORCE        | alter table customer no force row level security         | ROW_SECURITY_NOT_FORCED    | public.customer
            no FORCE        | alter table tenant_acme.note no force row level security | SCHEMA_GUARD_MISSING       | tenant_acme.note
            permissive true | create policy everybody on customer using (true)         | POLICY_NOT_CANONICAL       | policy everybody on public.customer
            owner app       | alter table country owner to tenancy_app                 | ROLE_OWNS                  | role tenancy_app owns public.country
            owner app       | alter table tenant_acme.note owner to tenancy_app        | ROLE_OWNS                  | role tenancy_app owns tenant_acme.note
            bypass role     | create role audit_bypass bypassrls; grant audit_bypass to tenancy_app | ROLE_BYPASSES_POLICIES | role tenancy_app as a member of audit_bypass
            bypass role     | alter role tenancy_app bypassrls                         | ROLE_BYPASSES_POLICIES     | role tenancy_app
            definer function | create function everyone() returns setof customer language sql security definer set search_path = pg_catalog, public, pg_temp as 'select * from public.customer' | FUNCTION_OF_EXEMPT_OWNER | function public.everyone()
            view            | create view everyone as select * from customer; grant select on everyone to tenancy_app | VIEW_OF_OWNER | public.everyone
            matview         | create materialized view everyone as select * from customer; grant select on everyone to tenancy_app | MATERIALIZED_VIEW_REACHABLE | public.everyone
            leaf partition  | alter table event_2026 disable row level security        | PARTITION_UNPROTECTED      | public.event_2026
            leaf partition  | create table event_2027 partition of event for values from ('2027-01-01') to ('2028-01-01') | PARTITION_UNPROTECTED | public.event_2027
            FK              | alter table invoice add constraint loose foreign key (corrects) references invoice (id) | REFERENCE_WITHOUT_TENANT | foreign key loose of public.invoice
            unique          | alter table customer add constraint loose unique (name)  | KEY_WITHOUT_TENANT         | key loose of public.customer
            unique          | create unique index loose on customer (lower(name))      | KEY_WITHOUT_TENANT         | key loose of public.customer
            cascade         | alter table invoice add constraint loose foreign key (corrects) references invoice (id) on delete cascade | DELETION_ACROSS_TENANTS | foreign key loose of public.invoice
            cascade         | alter table invoice add constraint loose foreign key (corrects) references invoice (id) on delete set null | DELETION_ACROSS_TENANTS | foreign key loose of public.invoice
            TRUNCATE grant  | grant truncate on customer to tenancy_app                | TABLE_RIGHTS_EXCESSIVE     | public.customer
            TRUNCATE grant  | grant truncate on tenant_acme.note to public             | TABLE_RIGHTS_EXCESSIVE     | tenant_acme.note
            TEMP grant      | grant temporary on database :db to tenancy_app           | TEMPORARY_GRANTED          | database :db
            db_role_setting | alter role tenancy_app in database :db set tenancy.tenant_id = 'acme' | SETTING_DEFAULT | setting tenancy.tenant_id
            db_role_setting | alter database :db set tenancy.tenant_id = 'acme'        | SETTING_DEFAULT            | setting tenancy.tenant_id
            default ''      | alter table customer drop constraint tenancy_tenant_id, alter tenant_id set default '' | TENANT_ID_MAY_BE_EMPTY | public.customer
            default ''      | alter table customer alter tenant_id set default ''      | TENANT_ID_DEFAULT          | public.customer
            FDW             | create foreign data wrapper w; create server s foreign data wrapper w; create foreign table far (id int) server s; grant select on far to tenancy_app | FOREIGN_TABLE_REACHABLE | public.far
            drift           | create table late (id int); grant select on late to tenancy_app | TABLE_UNDECLARED    | public.late
            drift           | create table tenant_acme.late (id int); grant select on tenant_acme.late to tenancy_app | SCHEMA_GUARD_MISSING | tenant_acme.late
            drift           | drop policy tenancy_confine on invoice                   | POLICY_RESTRICTIVE_MISSING | public.invoice
            missing index   | create table big (tenant_id text); :protect              | INDEX_WITHOUT_TENANT       | public.big
            """)
    void G11_a_seeded_defect_is_named_and_its_sql_mends_it(
            String kind, String defect, FindingCode code, String object) {
        plant(defect);

        var findings = audit();

        assertThat(findings)
                .filteredOn(finding -> finding.code() == code)
                .extracting(Finding::object)
                .containsExactly(object.replace(":db", database.name()));
        assertThat(findings)
                .allMatch(
                        finding -> !finding.risk().isBlank() && !finding.mend().isBlank());
        findings.forEach(finding -> database.execute(Role.SUPERUSER, finding.mend()));
        assertThat(audit()).as("after the SQL of the findings").isEmpty();
    }

    @Test
    void G11_a_setting_of_the_connection_is_named_and_what_to_change_is_said() {
        var bound = (PGSimpleDataSource) database.as(Role.APP);
        bound.setOptions("-c tenancy.tenant_id=acme");

        assertThat(TenancyAudit.of(bound, CONFIG).run().errors())
                .filteredOn(finding -> finding.code() == FindingCode.SETTING_BOUND)
                .hasSize(1)
                .allMatch(finding -> finding.mend().contains("JDBC URL"));
    }

    private void plant(String defect) {
        database.execute(Role.SUPERUSER, defect.replace(":db", database.name()).replace(":protect", """
                insert into big select 'acme' from generate_series(1, 10000);
                analyze big"""));
        if (defect.contains(":protect")) {
            RowLevelPolicies.forTables("big").apply(database.as(Role.SUPERUSER));
            database.execute(Role.SUPERUSER, """
                    do $$ declare found regclass; begin
                        for found in select indexrelid from pg_index where indrelid = 'big'::regclass loop
                            execute 'drop index ' || found;
                        end loop;
                    end $$""");
        }
    }

    private List<Finding> audit() {
        return TenancyAudit.of(database.as(Role.APP), CONFIG).run().findings();
    }
}
