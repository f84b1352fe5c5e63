package dev.lexigram.tenancy.postgres.isolation;

import static dev.lexigram.tenancy.postgres.Invoicing.as;
import static dev.lexigram.tenancy.postgres.Invoicing.unbound;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.Invoicing;
import dev.lexigram.tenancy.postgres.audit.TenancyAudit;
import dev.lexigram.tenancy.postgres.policy.TableName;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantIsolationException;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@TenancyTest
class RowLevelPoliciesTest {

    private static final RowLevelPolicies POLICIES = RowLevelPolicies.forTables("customer", "invoice");
    private static final String DEFINITIONS = """
            select c.conrelid::regclass || ' ' || pg_get_constraintdef(c.oid) from pg_constraint c
            where c.conrelid::regclass::text in ('customer', 'invoice') and contype <> 'n'
            union all
            select polrelid::regclass || ' ' || polname || pg_get_expr(polqual, polrelid) from pg_policy
            union all
            select oid::regclass || ' ' || relrowsecurity || relforcerowsecurity
                || (select string_agg(item::text, ' ' order by item::text) from unnest(relacl) item) || relowner::regrole
            from pg_class where relkind in ('r', 'S') and relnamespace = 'public'::regnamespace
            order by 1
            """;

    private DataSource app;
    private DataSource migrator;

    @BeforeEach
    void tables(TestDatabase database) {
        Invoicing.create(database);
        app = database.as(Role.APP);
        migrator = database.as(Role.MIGRATOR);
    }

    @ParameterizedTest
    @EnumSource(KeyVariant.class)
    void what_the_script_makes_is_what_the_audit_demands(KeyVariant keys, TestDatabase database) {
        var policies = POLICIES.withKeys(keys);
        assertThat(policies.verify(app).isProved()).isFalse();

        database.execute(Role.MIGRATOR, policies.script());

        assertThat(policies.verify(app).findings()).isEmpty();
        assertThat(TenancyAudit.of(app, IsolationConfig.DEFAULTS).run().findings())
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(KeyVariant.class)
    void the_script_may_be_run_again_as_a_whole_or_statement_by_statement(KeyVariant keys, TestDatabase database)
            throws SQLException {
        var policies = POLICIES.withKeys(keys);
        database.execute(Role.MIGRATOR, policies.script());
        var once = unbound(migrator, DEFINITIONS);

        database.execute(Role.MIGRATOR, policies.script());
        policies.statements().forEach(statement -> database.execute(Role.MIGRATOR, statement));
        database.execute(Role.SUPERUSER, policies.script());
        policies.apply(migrator);

        assertThat(unbound(migrator, DEFINITIONS)).isEqualTo(once);
    }

    @Test
    void statement_by_statement_gives_what_the_whole_gives(TestDatabase database) throws SQLException {
        POLICIES.apply(migrator);
        var whole = unbound(migrator, DEFINITIONS);

        Invoicing.create(database);
        POLICIES.statements().forEach(statement -> database.execute(Role.MIGRATOR, statement));

        assertThat(unbound(migrator, DEFINITIONS)).isEqualTo(whole);
    }

    @Test
    void a_superuser_may_run_it_on_the_first_day(TestDatabase database) {
        POLICIES.apply(database.as(Role.SUPERUSER));

        assertThat(POLICIES.verify(app).findings()).isEmpty();
    }

    @Test
    void an_insert_that_does_not_know_the_column_belongs_to_the_bound_tenant() throws SQLException {
        POLICIES.apply(migrator);

        as(app, "acme", "insert into customer (name) values ('Ann')");
        as(app, "acme", "insert into invoice (number) values ('A-1')"); // its id comes from a sequence

        assertThat(as(app, "acme", "select tenant_id from customer union all select tenant_id from invoice"))
                .containsExactly("acme", "acme");
    }

    @Test
    void rows_from_before_go_to_the_first_tenant() throws SQLException {
        unbound(migrator, "insert into customer (name) values ('Ann'), ('Amy')");

        POLICIES.withFirstTenant(TenantId.of("acme")).apply(migrator);

        assertThat(as(app, "acme", "select name from customer")).containsExactlyInAnyOrder("Ann", "Amy");
        assertThat(as(app, "globex", "select name from customer")).isEmpty();
        POLICIES.withFirstTenant(TenantId.of("globex")).apply(migrator);
        assertThat(as(app, "globex", "select name from customer")).isEmpty();
    }

    @Test
    void rows_from_before_are_not_written_so_that_no_trigger_sees_them(TestDatabase database) throws SQLException {
        database.execute(Role.MIGRATOR, """
                insert into customer (name) values ('Ann');
                create function refuse() returns trigger language plpgsql as $$ begin raise 'written'; end $$;
                create trigger refuse before update on customer for each row execute function refuse()""");

        POLICIES.withFirstTenant(TenantId.of("acme")).apply(migrator);

        assertThat(as(app, "acme", "select name from customer")).containsExactly("Ann");
        assertThatThrownBy(() -> unbound(migrator, "update customer set tenant_id = 'globex'"))
                .hasMessageContaining("written");
    }

    @Test
    void rows_that_a_tenant_column_leaves_open_go_to_the_first_tenant_and_others_stay(TestDatabase database)
            throws SQLException {
        database.execute(Role.MIGRATOR, """
                alter table customer add tenant_id text;
                insert into customer (name, tenant_id) values ('Ann', null), ('Guy', 'globex')""");

        POLICIES.withFirstTenant(TenantId.of("acme")).apply(migrator);

        assertThat(as(app, "acme", "select name from customer")).containsExactly("Ann");
        assertThat(as(app, "globex", "select name from customer")).containsExactly("Guy");
    }

    @Test
    void a_shared_table_may_be_read_and_not_written(TestDatabase database) throws SQLException {
        database.execute(Role.MIGRATOR, """
                create table plan (code text primary key);
                insert into plan values ('free');
                grant all on plan to public, tenancy_app""");
        var policies = POLICIES.withSharedTables(List.of(TableName.of("plan")));

        policies.apply(migrator);

        assertThat(as(app, "acme", "select code from plan")).containsExactly("free");
        assertThat(unbound(database.as(Role.ADMIN), "select code from plan")).containsExactly("free");
        assertThatThrownBy(() -> as(app, "acme", "insert into plan values ('own')"))
                .hasMessageContaining("permission denied");
        assertThat(TenancyAudit.of(app, IsolationConfig.DEFAULTS.withSharedTables("plan"))
                        .run()
                        .findings())
                .isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> POLICIES.withSharedTables(List.of(TableName.of("customer"))));
    }

    @Test
    void rows_of_nobody_are_refused_and_nothing_is_changed() throws SQLException {
        unbound(migrator, "insert into invoice (number) values ('A-1')");
        var before = unbound(migrator, DEFINITIONS);

        assertThatThrownBy(() -> POLICIES.apply(migrator))
                .isInstanceOf(TenantIsolationException.class)
                .hasMessageContaining("nothing was changed")
                .rootCause()
                .hasMessageContaining("withFirstTenant");

        assertThat(unbound(migrator, DEFINITIONS)).isEqualTo(before);
    }

    @Test
    void a_role_that_does_not_exist_is_named_before_anything_is_changed() throws SQLException {
        var before = unbound(migrator, DEFINITIONS);

        assertThatThrownBy(() -> POLICIES.withAppRole("no 'such' role").apply(migrator))
                .rootCause()
                .hasMessageContaining("role \"no 'such' role\" does not exist")
                .hasMessageContaining("withAppRole");

        assertThat(unbound(migrator, DEFINITIONS)).isEqualTo(before);
    }

    @Test
    void roles_of_other_names_are_granted_the_same_and_the_admin_role_may_be_missing(TestDatabase database)
            throws SQLException {
        database.execute(Role.SUPERUSER, "create role \"We're app\" login");

        POLICIES.withAppRole("We're app").withAdminRole("nobody yet").apply(migrator);

        var other = Invoicing.login(database, "We're app");
        as(other, "acme", "insert into invoice (number) values ('A-1')");
        assertThat(as(other, "acme", "select number from invoice")).containsExactly("A-1");
        assertThat(TenancyAudit.of(other, IsolationConfig.DEFAULTS).run().findings())
                .isEmpty();
        assertThatThrownBy(() -> as(app, "acme", "select * from invoice")).hasMessageContaining("permission denied");
    }

    @Test
    void the_application_may_draw_from_a_sequence_and_not_set_it() throws SQLException {
        POLICIES.apply(migrator);

        assertThat(unbound(app, "select nextval('invoice_seq')")).hasSize(1);
        assertThatThrownBy(() -> unbound(app, "select setval('invoice_seq', 1)"))
                .hasMessageContaining("permission denied");
    }

    @Test
    void another_setting_carries_the_tenant_if_it_is_named(TestDatabase database) throws SQLException {
        var policies = POLICIES.withSettingName("hibernate.tenant");
        policies.apply(migrator);

        assertThat(policies.verify(app).findings()).isEmpty();
        assertThat(POLICIES.verify(app).isProved()).isFalse();
        assertThatThrownBy(() -> as(app, "acme", "insert into customer (name) values ('Ann')"))
                .hasMessageContaining("tenant not bound");
        database.execute(Role.MIGRATOR, POLICIES.script());
    }

    @Test
    void hostile_names_are_names_and_never_sql(TestDatabase database) throws SQLException {
        var name = new TableName("a b\"; drop table customer; --", "x'); $tenancy$ \\ %I :app ${y} \"\n;--");
        database.execute(
                Role.SUPERUSER,
                "create schema " + '"' + name.schema().replace("\"", "\"\"") + '"' + " authorization tenancy_owner");
        database.execute(Role.MIGRATOR, """
                create table %s (
                    "i(d\\ %%s)" int primary key,
                    "(p\\1 "")" int references %1$s on delete set null)""".formatted(name.sql()));
        var policies = RowLevelPolicies.forTables(List.of(name));
        database.execute(Role.MIGRATOR, policies.script());
        database.execute(
                Role.MIGRATOR, policies.withKeys(KeyVariant.TENANT_FIRST).script());

        assertThat(policies.verify(app).findings()).isEmpty();
        as(app, "acme", "insert into %s values (1, 1)".formatted(name.sql()));
        assertThat(as(app, "globex", "select 1 from " + name.sql())).isEmpty();
        assertThat(unbound(migrator, "select count(*) from customer")).containsExactly("0");
        database.execute(Role.MIGRATOR, "drop policy tenancy_confine on " + name.sql());
        var finding = policies.verify(app).errors().get(0);
        assertThat(finding.toString()).doesNotContain("\n");
        database.execute(Role.MIGRATOR, finding.mend());
        assertThat(policies.verify(app).findings()).isEmpty();
    }

    @Test
    void what_cannot_be_a_name_is_refused_before_any_sql() {
        assertThatIllegalArgumentException().isThrownBy(() -> RowLevelPolicies.forTables());
        assertThatIllegalArgumentException().isThrownBy(() -> RowLevelPolicies.forTables(""));
        assertThatIllegalArgumentException().isThrownBy(() -> RowLevelPolicies.forTables("x".repeat(64)));
        assertThatIllegalArgumentException().isThrownBy(() -> POLICIES.withSettingName("a.b'; drop table x"));
        assertThatIllegalArgumentException().isThrownBy(() -> POLICIES.withAppRole("public"));
        assertThatIllegalArgumentException().isThrownBy(() -> POLICIES.withAppRole("tenancy_owner"));
    }
}
