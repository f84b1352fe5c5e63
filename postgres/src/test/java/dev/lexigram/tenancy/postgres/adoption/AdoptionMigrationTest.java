package dev.lexigram.tenancy.postgres.adoption;

import static dev.lexigram.tenancy.postgres.Invoicing.unbound;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.postgres.Invoicing;
import dev.lexigram.tenancy.postgres.audit.TenancyAudit;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may plan and who may migrate, and when nothing happens. */
@TenancyTest
class AdoptionMigrationTest {

    private DataSource app;
    private DataSource migrator;

    @BeforeEach
    void untouched(TestDatabase database) {
        Shop.create(database);
        app = database.as(Role.APP);
        migrator = database.as(Role.MIGRATOR);
    }

    @Test
    void a_plan_only_reads(TestDatabase database) throws SQLException {
        var before = Shop.catalogue(database);

        Shop.adoption(database).plan();

        assertThat(Shop.catalogue(database)).isEqualTo(before);
    }

    @Test
    void whatever_login_reads_the_catalogue_the_plan_is_the_same(TestDatabase database) {
        var plan = Shop.adoption(database).plan();

        var other = SchemaAdoption.of(app)
                .withFirstTenant(TenantId.of("acme"))
                .withSharedTables("plan")
                .withSystemTables("device")
                .plan();

        assertThat(other).isEqualTo(plan);
    }

    @Test
    void an_owner_who_cannot_bypass_the_policies_may_run_it(TestDatabase database) throws SQLException {
        var plan = Shop.adoption(database).plan();
        Shop.handOver(database, plan);
        database.execute(Role.SUPERUSER, """
                do $$ begin create role shop_owner login in role tenancy_owner;
                exception when duplicate_object then null; end $$""");
        var owner = Invoicing.login(database, "shop_owner");

        unbound(owner, plan.migration());
        var once = Shop.catalogue(database);
        unbound(owner, plan.migration());

        assertThat(Shop.catalogue(database)).isEqualTo(once);
        assertThat(TenancyAudit.of(app, Shop.declared(plan)).run().errors()).isEmpty();
    }

    @Test
    void without_a_first_tenant_rows_are_refused_and_nothing_is_changed(TestDatabase database) throws SQLException {
        var plan = SchemaAdoption.of(migrator)
                .withSharedTables("plan")
                .withSystemTables("device")
                .plan();
        Shop.handOver(database, plan);
        var before = Shop.catalogue(database);

        assertThatThrownBy(() -> unbound(migrator, plan.migration())).hasMessageContaining("withFirstTenant");

        assertThat(Shop.catalogue(database)).isEqualTo(before);
    }

    @Test
    void a_schema_of_somebody_else_stops_the_migration_and_is_named(TestDatabase database) {
        var plan = Shop.adoption(database).plan();
        Shop.handOver(database, plan);
        database.execute(
                Role.SUPERUSER,
                "alter schema billing owner to postgres; grant usage, create on schema billing to tenancy_owner");

        assertThatThrownBy(() -> unbound(migrator, plan.migration()))
                .hasMessageContaining("schema billing belongs to somebody else")
                .hasMessageContaining("alter schema billing owner to tenancy_owner");

        assertThat(Shop.adoption(database).plan().findings())
                .filteredOn(finding -> finding.code() == AdoptionCode.OWNER_OTHER)
                .extracting(AdoptionFinding::object)
                .containsExactly("schema billing");
    }

    @Test
    void before_the_hand_over_nothing_is_changed(TestDatabase database) throws SQLException {
        var plan = Shop.adoption(database).plan();
        var before = Shop.catalogue(database);

        assertThatThrownBy(() -> unbound(migrator, plan.migration())).hasMessageContaining("ERROR");

        assertThat(Shop.catalogue(database)).isEqualTo(before);
    }

    @Test
    void tables_that_the_migrator_has_made_need_no_hand_over(TestDatabase database) {
        database.execute(Role.SUPERUSER, "drop table customer_tag, reading, billing.line, billing.invoice cascade");
        database.execute(Role.SUPERUSER, "drop schema public, \"Mixed Case\", billing cascade");
        database.execute(Role.SUPERUSER, "create schema public authorization tenancy_migrator");
        database.execute(Role.MIGRATOR, "create table made (id int primary key generated always as identity)");
        var plan = SchemaAdoption.of(app).plan();

        assertThat(plan.findings()).isEmpty();
    }

    @Test
    void an_index_that_was_interrupted_is_not_taken_for_made(TestDatabase database) throws SQLException {
        var adoption = Shop.adoption(database);
        var plan = Shop.adopt(database, adoption);
        database.execute(
                Role.SUPERUSER,
                "update pg_index set indisvalid = false where indexrelid = 'customer_name_tenant'::regclass");

        var again = adoption.plan();

        assertThat(again.indexes()).contains("\"customer_name_tenant\" on");
        for (var script : List.of(plan, again)) {
            assertThatThrownBy(() ->
                            database.execute(Role.MIGRATOR, Shop.indexes(script).get(0)))
                    .hasMessageContaining("drop index concurrently customer_name_tenant");
        }
        database.execute(Role.MIGRATOR, "drop index concurrently customer_name_tenant");
        Shop.indexes(again).forEach(sql -> database.execute(Role.MIGRATOR, sql));
        assertThat(adoption.plan().indexes()).isEmpty();
    }
}
