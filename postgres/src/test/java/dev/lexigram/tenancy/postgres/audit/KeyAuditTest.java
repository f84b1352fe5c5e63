package dev.lexigram.tenancy.postgres.audit;

import static dev.lexigram.tenancy.postgres.Invoicing.as;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.DELETION_ACROSS_TENANTS;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.INDEX_WITHOUT_TENANT;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.KEY_WITHOUT_TENANT;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.REFERENCE_WITHOUT_TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.Invoicing;
import dev.lexigram.tenancy.postgres.isolation.KeyVariant;
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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys, references and indexes that do not carry the tenant: each is a warning. */
@Tag("server")
@TenancyTest
class KeyAuditTest {

    private DataSource app;

    @BeforeEach
    void a_clean_schema(TestDatabase database) {
        Invoicing.create(database);
        app = database.as(Role.APP);
        RowLevelPolicies.forTables("customer", "invoice").apply(database.as(Role.MIGRATOR));
        assertThat(audit()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alter table customer add constraint again unique (email)",
                "create unique index again on customer (lower(email))",
                "create unique index again on customer (email) include (tenant_id)",
            })
    void RL_10_a_key_over_all_tenants_tells_that_a_value_exists_and_is_found(String key, TestDatabase database)
            throws SQLException {
        var insert = "insert into customer (email) values ('ann@x')";
        as(app, "acme", insert);
        assertThat(as(app, "globex", insert)).containsExactly("1");
        as(app, "globex", "delete from customer");
        database.execute(Role.MIGRATOR, key);
        assertThatThrownBy(() -> as(app, "globex", insert)).hasFieldOrPropertyWithValue("SQLState", "23505");

        var findings = audit();

        assertThat(findings).extracting(Finding::code).containsExactly(KEY_WITHOUT_TENANT);
        assertThat(findings).extracting(Finding::object).containsExactly("key again of public.customer");
        assertThat(findings).extracting(Finding::severity).containsExactly(Severity.WARN);
    }

    @Test
    void RL_10_a_generated_primary_key_beside_one_with_the_tenant_is_none(TestDatabase database) {
        database.execute(Role.MIGRATOR, "create table thing (id bigint primary key)");
        RowLevelPolicies.forTables("thing").apply(database.as(Role.MIGRATOR));
        assertThat(audit())
                .as("ids of a sequence that only the application knows")
                .isEmpty();

        database.execute(Role.MIGRATOR, "alter table thing alter id type text");

        assertThat(audit())
                .as("ids that clients may choose")
                .extracting(Finding::code)
                .containsExactly(KEY_WITHOUT_TENANT);
        database.execute(Role.MIGRATOR, "alter table thing alter id set default gen_random_uuid()::text");
        assertThat(audit()).isEmpty();
        database.execute(Role.MIGRATOR, """
                do $$ begin
                    execute (select format('alter table thing drop constraint %I', conname) from pg_constraint
                             where conrelid = 'thing'::regclass and contype = 'u');
                end $$""");
        assertThat(audit())
                .as("nothing is unique together with the tenant")
                .extracting(Finding::code)
                .containsExactly(KEY_WITHOUT_TENANT);
    }

    @ParameterizedTest
    @EnumSource
    void RL_10_what_the_library_writes_has_no_finding(KeyVariant keys, TestDatabase database) {
        Invoicing.create(database);
        RowLevelPolicies.forTables("customer", "invoice").withKeys(keys).apply(database.as(Role.MIGRATOR));

        assertThat(audit()).isEmpty();
    }

    @Test
    void RL_12_a_reference_of_one_column_reaches_another_tenants_row_and_is_found(TestDatabase database)
            throws SQLException {
        database.execute(Role.MIGRATOR, """
                alter table invoice drop constraint invoice_customer_id_fkey;
                alter table invoice add constraint loose foreign key (customer_id) references customer (id)""");
        as(app, "globex", "insert into customer (id) values (2)");
        assertThat(as(app, "acme", "insert into invoice (customer_id, number) values (2, '1')"))
                .containsExactly("1");

        assertThat(audit()).extracting(Finding::code).containsExactly(REFERENCE_WITHOUT_TENANT);
        assertThat(audit()).extracting(Finding::object).containsExactly("foreign key loose of public.invoice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cascade", "set null", "set default"})
    void RL_13_a_deletion_that_crosses_tenants_is_found(String action, TestDatabase database) throws SQLException {
        database.execute(Role.MIGRATOR, """
                alter table invoice drop constraint invoice_customer_id_fkey;
                alter table invoice add constraint loose foreign key (customer_id) references customer (id)
                    on delete""" + " " + action);
        as(app, "globex", "insert into customer (id) values (2)");
        as(app, "acme", "insert into invoice (customer_id, number) values (2, '1')");
        as(app, "globex", "delete from customer");
        assertThat(as(app, "acme", "select 1 from invoice where customer_id = 2"))
                .as("another tenant has deleted or changed it")
                .isEmpty();

        assertThat(audit()).extracting(Finding::code).containsExactly(DELETION_ACROSS_TENANTS);
    }

    @Test
    void RL_13_the_rewritten_reference_does_not_cross(TestDatabase database) throws SQLException {
        as(app, "globex", "insert into customer (id) values (2)");
        as(
                app,
                "acme",
                "insert into customer (id) values (3); insert into invoice (customer_id, number) values (3, '1')");

        assertThat(as(app, "globex", "delete from customer")).containsExactly("1");

        assertThat(as(app, "acme", "select customer_id from invoice")).containsExactly("3");
    }

    @Test
    void a_large_table_without_an_index_that_begins_with_the_tenant_is_found(TestDatabase database) {
        database.execute(Role.MIGRATOR, "create table reading (value int)");
        RowLevelPolicies.forTables("reading").apply(database.as(Role.MIGRATOR));
        database.execute(Role.MIGRATOR, "drop index if exists reading_tenant_id_idx");
        assertThat(audit()).isEmpty();
        database.execute(Role.MIGRATOR, """
                insert into reading (value, tenant_id) select n, 'acme' from generate_series(1, 10000) n;
                create index on reading (value, tenant_id);
                analyze reading""");

        var findings = audit();

        assertThat(findings).extracting(Finding::code).containsExactly(INDEX_WITHOUT_TENANT);
        database.execute(Role.MIGRATOR, findings.get(0).mend());
        assertThat(audit()).isEmpty();
    }

    private List<Finding> audit() {
        return TenancyAudit.of(app, IsolationConfig.DEFAULTS).run().findings();
    }
}
