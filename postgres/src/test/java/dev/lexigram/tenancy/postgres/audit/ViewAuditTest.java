package dev.lexigram.tenancy.postgres.audit;

import static dev.lexigram.tenancy.postgres.Invoicing.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.Invoicing;
import dev.lexigram.tenancy.postgres.isolation.RowLevelPolicies;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways to a protected table's rows that its policies do not see. */
@Tag("server")
@TenancyTest
class ViewAuditTest {

    private DataSource app;

    @BeforeEach
    void a_clean_schema_with_a_customer_of_each_tenant(TestDatabase database) throws SQLException {
        Invoicing.create(database);
        app = database.as(Role.APP);
        RowLevelPolicies.forTables("customer", "invoice").apply(database.as(Role.MIGRATOR));
        as(app, "acme", "insert into customer (name) values ('Ann of acme')");
        as(app, "globex", "insert into customer (name) values ('Guy of globex')");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "with (security_barrier)", "with (security_invoker = false)"})
    void RL_04_a_view_that_reads_with_its_owners_rights_shows_all_tenants_and_is_found(
            String options, TestDatabase database) throws SQLException {
        database.execute(
                Role.MIGRATOR,
                "create view names " + options + " as select name from customer; grant select on names to tenancy_app");
        assertThat(as(app, "acme", "select * from names")).hasSize(2);

        var findings = audit();

        assertThat(findings).extracting(Finding::code).containsExactly(FindingCode.VIEW_OF_OWNER);
        database.execute(Role.MIGRATOR, findings.get(0).mend());
        assertThat(as(app, "acme", "select * from names")).containsExactly("Ann of acme");
        assertThat(audit()).isEmpty();
    }

    @Test
    void RL_06_a_materialised_view_shows_all_tenants_and_is_found(TestDatabase database) throws SQLException {
        database.execute(Role.MIGRATOR, """
                create materialized view names as select name from customer;
                grant select on names to tenancy_app""");
        assertThat(as(app, "acme", "select * from names")).hasSize(2);

        var findings = audit();

        assertThat(findings).extracting(Finding::code).containsExactly(FindingCode.MATERIALIZED_VIEW_REACHABLE);
        database.execute(Role.MIGRATOR, findings.get(0).mend());
        assertThat(audit()).isEmpty();
    }

    @Test
    void a_foreign_table_in_reach_is_found(TestDatabase database) {
        database.execute(Role.SUPERUSER, """
                create foreign data wrapper nothing; create server nowhere foreign data wrapper nothing;
                create foreign table far (id int) server nowhere; grant select on far to tenancy_app""");

        var findings = audit();

        assertThat(findings).extracting(Finding::code).containsExactly(FindingCode.FOREIGN_TABLE_REACHABLE);
        database.execute(Role.SUPERUSER, findings.get(0).mend() + "; drop foreign data wrapper nothing cascade");
        assertThat(audit()).isEmpty();
    }

    @Test
    void RL_07_a_partition_without_policies_shows_all_tenants_and_is_found(TestDatabase database) throws SQLException {
        database.execute(Role.MIGRATOR, """
                create table event (at date not null, body text) partition by range (at);
                create table event_2026 partition of event for values from ('2026-01-01') to ('2027-01-01')""");
        RowLevelPolicies.forTables("event").apply(database.as(Role.MIGRATOR));
        as(app, "globex", "insert into event (at, body) values ('2026-11-01', 'of globex')");
        var policies = RowLevelPolicies.forTables("event");
        assertThat(policies.verify(app).findings()).isEmpty();
        database.execute(Role.MIGRATOR, """
                create table event_2027 partition of event for values from ('2027-01-01') to ('2028-01-01');
                grant select on event_2027 to tenancy_app""");
        as(app, "globex", "insert into event (at, body) values ('2027-11-01', 'of globex')");
        assertThat(as(app, "acme", "select body from event")).isEmpty();
        assertThat(as(app, "acme", "select body from event_2027")).containsExactly("of globex");

        assertThat(policies.verify(app).findings())
                .extracting(Finding::code)
                .containsExactly(FindingCode.PARTITION_UNPROTECTED);
        var findings = audit();
        assertThat(findings).extracting(Finding::code).containsExactly(FindingCode.PARTITION_UNPROTECTED);
        database.execute(Role.MIGRATOR, findings.get(0).mend());
        assertThat(as(app, "acme", "select body from event_2027")).isEmpty();
        assertThat(audit()).isEmpty();
    }

    @Test
    void RL_07_a_child_by_inheritance_without_policies_shows_all_tenants_and_is_found(TestDatabase database)
            throws SQLException {
        database.execute(Role.MIGRATOR, """
                create table big_customer () inherits (customer);
                grant select on big_customer to tenancy_app;
                insert into big_customer (id, tenant_id, name) values (9, 'globex', 'Big of globex')""");
        assertThat(as(app, "acme", "select name from customer")).containsExactly("Ann of acme");
        assertThat(as(app, "acme", "select name from big_customer")).containsExactly("Big of globex");

        var findings = audit();

        assertThat(findings).extracting(Finding::code).containsExactly(FindingCode.PARTITION_UNPROTECTED);
        assertThat(findings).extracting(Finding::object).containsOnly("public.big_customer");
        database.execute(Role.MIGRATOR, findings.get(0).mend());
        assertThat(as(app, "acme", "select name from big_customer")).isEmpty();
        assertThat(audit()).isEmpty();
    }

    @Test
    void RL_04_a_view_that_reads_as_its_caller_shows_own_rows_only_and_is_none(TestDatabase database)
            throws SQLException {
        database.execute(Role.MIGRATOR, """
                create view inner_names as select name from customer;
                create view names with (security_invoker) as select name from inner_names;
                grant select on names to tenancy_app""");
        assertThatThrownBy(() -> as(app, "acme", "select * from names"))
                .hasFieldOrPropertyWithValue("SQLState", "42501");
        database.execute(Role.MIGRATOR, "grant select on inner_names to tenancy_app");
        assertThat(as(app, "acme", "select * from names"))
                .as("through one of its owner")
                .hasSize(2);
        assertThat(audit()).extracting(Finding::object).containsExactly("public.inner_names");

        database.execute(Role.MIGRATOR, "alter view inner_names set (security_invoker = on)");

        assertThat(as(app, "acme", "select * from names")).containsExactly("Ann of acme");
        assertThat(audit()).isEmpty();
    }

    private List<Finding> audit() {
        return TenancyAudit.of(app, IsolationConfig.DEFAULTS).run().findings();
    }
}
