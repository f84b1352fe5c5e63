package dev.lexigram.tenancy.postgres.adoption;

import static dev.lexigram.tenancy.postgres.Invoicing.unbound;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.lexigram.tenancy.postgres.isolation.KeyVariant;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a plan cannot decide: each finding with its object, and none for what is in order. */
@TenancyTest
class AdoptionFindingTest {

    private static final String ODD = """
            create table account (id bigint generated always as identity primary key, code text unique);
            create table plan (code text primary key, account_id bigint references account (id));
            create table country (code text primary key, name text);
            create table token (id uuid primary key);
            create table counted (id bigint primary key);
            create sequence counted_seq;
            create table member (
                account_id bigint references account (id), country text references country (code),
                primary key (account_id, country));
            create table numbered (id int primary key, tenant_id int);
            create table tagged (id int primary key generated always as identity, tenant_id text);
            create table parent (id int generated always as identity primary key);
            create table child () inherits (parent);
            create table lookup (code text primary key, tenant_id text);
            create table booking (
                id int primary key generated always as identity, during tsrange, exclude using gist (during with &&));
            create table matched (
                id int primary key generated always as identity, account_id bigint,
                constraint full_match foreign key (account_id) references account (id) match full,
                constraint nulled foreign key (account_id) references account (id) on update set null);
            create table lax (id int primary key generated always as identity, account_id bigint);
            alter table lax add constraint never foreign key (account_id) references account (id) not valid;
            create table parts (id int primary key) partition by list (id);
            create table parts_1 partition of parts for values in (1);

            create view seen as select * from account;
            create view seen_again as select count(*) from seen;
            create view safe with (security_invoker = true) as select * from account;
            create view of_plans as select code from country;
            create materialized view summed as select count(*) from seen;
            create function definer() returns int language sql security definer as 'select 1';
            create function invoker() returns int language sql as 'select 1';
            create function touch() returns trigger language plpgsql as 'begin return new; end';
            create trigger touched before update on account for each row execute function touch();
            create rule kept as on delete to account do instead nothing;
            create policy own on account for all to public using (true);
            create publication everything for table account;
            alter table account alter column code set not null;
            alter table account replica identity using index account_code_key;
            """;

    private static AdoptionPlan plan;

    @BeforeAll
    static void odd(TestDatabase database) {
        database.execute(Role.SUPERUSER, ODD);
        database.execute(Role.SUPERUSER, """
                create foreign data wrapper none;
                create server none foreign data wrapper none;
                create foreign table far (id int) server none;
                create foreign table far_but_shared (id int) server none""");
        database.execute(Role.SUPERUSER, "update pg_class set reltuples = 2e6 where relname = 'token'");
        plan = adoption(database).plan();
    }

    private static SchemaAdoption adoption(TestDatabase database) {
        return SchemaAdoption.of(database.as(Role.SUPERUSER))
                .withFirstTenant(TenantId.of("acme"))
                .withSharedTables("plan", "lookup", "far_but*", "misspelt", "ref_*")
                .withSystemTables();
    }

    @Test
    void primary_keys_that_nothing_generates_are_told_from_those_that_the_application_assigns() {
        assertThat(objects(AdoptionCode.KEY_NATURAL)).containsExactly("public.country (code)");
        assertThat(objects(AdoptionCode.KEY_ASSIGNED)).containsExactly("public.parts (id)", "public.token (id)");
        assertThat(mend(AdoptionCode.KEY_NATURAL)).contains("drop constraint country_pkey", "add unique (code)");
    }

    @Test
    void with_the_tenant_first_no_primary_key_is_left_and_on_conflict_names_them(TestDatabase database) {
        var other = adoption(database).withKeys(KeyVariant.TENANT_FIRST).plan();

        assertThat(codes(other)).doesNotContain(AdoptionCode.KEY_NATURAL, AdoptionCode.KEY_ASSIGNED);
        assertThat(other.findings())
                .filteredOn(finding -> finding.code() == AdoptionCode.ON_CONFLICT)
                .extracting(AdoptionFinding::object, AdoptionFinding::mend)
                .contains(tuple(
                        "public.country_pkey on public.country",
                        "-- on conflict (code) must become on conflict (tenant_id, code)"));
    }

    @Test
    void unique_keys_that_gain_the_tenant_are_listed_for_on_conflict() {
        assertThat(objects(AdoptionCode.ON_CONFLICT)).containsExactly("public.account_code_key on public.account");
        assertThat(mend(AdoptionCode.ON_CONFLICT))
                .isEqualTo("-- on conflict (code) must become on conflict (tenant_id, code)");
        assertThat(objects(AdoptionCode.REPLICA_IDENTITY)).containsExactly("public.account_code_key of public.account");
    }

    @Test
    void tables_that_cannot_be_protected_are_left_out() {
        assertThat(objects(AdoptionCode.TENANT_ID_TAKEN)).containsExactly("public.numbered");
        assertThat(objects(AdoptionCode.HIERARCHY)).containsExactly("public.child", "public.parent");
        assertThat(objects(AdoptionCode.TENANT_ID_PRESENT)).containsExactly("public.tagged");
        assertThat(objects(AdoptionCode.SHARED_TABLE_HAS_TENANT)).containsExactly("public.lookup");
        assertThat(names(TableClass.UNDECIDED))
                .containsExactly("public.child", "public.far", "public.numbered", "public.parent");
        assertThat(plan.migration())
                .doesNotContain("\"numbered\"", "\"parent\"", "\"child\"")
                .contains("\"tagged\"");
    }

    @Test
    void foreign_keys_that_cannot_carry_the_tenant_are_named() {
        assertThat(objects(AdoptionCode.REFERENCE_INTO_TENANT))
                .containsExactly("foreign key plan_account_id_fkey of public.plan");
        assertThat(objects(AdoptionCode.FOREIGN_KEY_ODD))
                .containsExactly("foreign key full_match of public.matched", "foreign key nulled of public.matched");
        assertThat(objects(AdoptionCode.FOREIGN_KEY_UNVALIDATED)).containsExactly("foreign key never of public.lax");
        assertThat(objects(AdoptionCode.KEY_GLOBAL))
                .containsExactly("constraint booking_during_excl on public.booking");
    }

    @Test
    void readers_with_other_rights_are_named_through_any_number_of_views() {
        assertThat(objects(AdoptionCode.VIEW_OF_OWNER))
                .containsExactly("public.of_plans", "public.seen", "public.seen_again");
        assertThat(objects(AdoptionCode.MATERIALIZED_VIEW)).containsExactly("public.summed");
        assertThat(objects(AdoptionCode.FUNCTION_OF_OWNER)).containsExactly("public.definer()");
        assertThat(objects(AdoptionCode.FOREIGN_TABLE)).containsExactly("public.far");
        assertThat(objects(AdoptionCode.TRIGGER)).containsExactly("trigger touched on public.account");
        assertThat(objects(AdoptionCode.RULE)).containsExactly("rule kept on public.account");
        assertThat(objects(AdoptionCode.POLICY_OTHER)).containsExactly("policy own on public.account");
        assertThat(objects(AdoptionCode.PUBLISHED)).containsExactly("publication everything");
    }

    @Test
    void what_is_large_or_partitioned_or_misspelt_is_named() {
        assertThat(objects(AdoptionCode.LARGE_TABLE)).containsExactly("public.token");
        assertThat(mend(AdoptionCode.LARGE_TABLE)).contains("2,000,000");
        assertThat(objects(AdoptionCode.PARTITIONED)).containsExactly("public.parts");
        assertThat(objects(AdoptionCode.NAME_UNMATCHED)).containsExactly("misspelt", "ref_*");
    }

    @Test
    void tables_of_tenants_that_are_named_leave_the_others_undecided(TestDatabase database) {
        var other = adoption(database).withTenantTables("account", "tok*").plan();

        assertThat(Shop.names(other, TableClass.TENANT)).containsExactly("public.account", "public.token");
        assertThat(other.tables()).noneMatch(PlannedTable::isAssumed);
        assertThat(other.findings())
                .filteredOn(finding -> finding.code() == AdoptionCode.TABLE_UNNAMED)
                .extracting(AdoptionFinding::object)
                .contains("public.country", "public.member")
                .doesNotContain("public.plan");
    }

    @Test
    void roles_that_do_not_exist_are_named(TestDatabase database) {
        var other = adoption(database)
                .withOwnerRole("no owner")
                .withAppRole("no app")
                .plan();

        assertThat(other.findings())
                .filteredOn(finding -> finding.code() == AdoptionCode.ROLE_MISSING)
                .extracting(AdoptionFinding::object)
                .containsExactly("role \"no app\"", "role \"no owner\"");
        assertThat(codes(plan)).doesNotContain(AdoptionCode.ROLE_MISSING).contains(AdoptionCode.OWNER_OTHER);
    }

    @Test
    void every_mend_is_sql_that_runs(TestDatabase database) throws SQLException {
        try (var connection = database.as(Role.SUPERUSER).getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (var finding : plan.findings()) {
                if (finding.code() != AdoptionCode.KEY_GLOBAL) { // which runs after the migration
                    statement.execute(finding.mend());
                }
            }
            connection.rollback();
        }
    }

    @Test
    void the_report_names_every_finding_and_the_declarations() {
        assertThat(plan.report())
                .contains(Arrays.stream(AdoptionCode.values())
                        .filter(codes(plan)::contains)
                        .map(AdoptionCode::why)
                        .toArray(String[]::new))
                .contains("shared:\n", "public.account  (not named)", "about 2,000,000 rows", "1 partitions");
        assertThat(plan).hasToString(plan.report());
    }

    @Test
    void a_key_that_a_view_depends_on_is_named_and_stops_the_migration(TestDatabase database) throws SQLException {
        database.execute(Role.SUPERUSER, """
                create schema held;
                create table held.account (id int primary key generated always as identity, name text);
                create view held.grouped with (security_invoker = true) as select name from held.account group by id""");

        var other = SchemaAdoption.of(database.as(Role.SUPERUSER))
                .withFirstTenant(TenantId.of("acme"))
                .withTenantTables("held.account")
                .withKeys(KeyVariant.TENANT_FIRST)
                .plan();

        assertThat(other.findings())
                .filteredOn(finding -> finding.code() == AdoptionCode.KEY_IN_USE)
                .extracting(AdoptionFinding::object)
                .containsExactly("held.account_pkey of held.account");
        assertThatThrownBy(() -> unbound(database.as(Role.SUPERUSER), other.migration()))
                .hasMessageContaining("depend");
        database.execute(Role.SUPERUSER, "drop schema held cascade");
    }

    private static List<String> objects(AdoptionCode code) {
        return plan.findings().stream()
                .filter(finding -> finding.code() == code)
                .map(AdoptionFinding::object)
                .toList();
    }

    private static String mend(AdoptionCode code) {
        return plan.findings().stream()
                .filter(finding -> finding.code() == code)
                .findFirst()
                .orElseThrow()
                .mend();
    }

    private static List<AdoptionCode> codes(AdoptionPlan plan) {
        return plan.findings().stream().map(AdoptionFinding::code).toList();
    }

    private static String[] names(TableClass classification) {
        return Shop.names(plan, classification);
    }
}
