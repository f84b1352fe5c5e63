package dev.lexigram.tenancy.postgres.adoption;

import static dev.lexigram.tenancy.postgres.Invoicing.as;
import static dev.lexigram.tenancy.postgres.Invoicing.unbound;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.postgres.audit.TenancyAudit;
import dev.lexigram.tenancy.postgres.isolation.KeyVariant;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a database with rows and live constraints is after its migration. */
@TenancyTest
@ParameterizedClass
@EnumSource(KeyVariant.class)
class AdoptedShopTest {

    private static final List<String> TABLES = List.of(
            "customer",
            "billing.invoice",
            "billing.line",
            "\"Mixed Case\".\"Order \"\"Line\"",
            "reading",
            "customer_tag",
            "remark");

    private static AdoptionPlan plan;

    @Parameter
    private KeyVariant keys;

    private DataSource app;
    private DataSource migrator;

    @BeforeParameterizedClassInvocation
    static void adopted(KeyVariant keys, TestDatabase database) {
        Shop.create(database);
        plan = Shop.adopt(database, Shop.adoption(database).withKeys(keys));
    }

    @BeforeEach
    void connections(TestDatabase database) {
        app = database.as(Role.APP);
        migrator = database.as(Role.MIGRATOR);
    }

    @Test
    void the_audit_proves_it() {
        assertThat(TenancyAudit.of(app, Shop.declared(plan)).run().errors()).isEmpty();
    }

    @Test
    void rows_from_before_are_the_first_tenants_and_another_sees_none() throws SQLException {
        for (var table : TABLES) {
            assertThat(as(app, "acme", "select distinct tenant_id from " + table))
                    .as(table)
                    .containsExactly("acme");
            assertThat(as(app, "globex", "select count(*) from " + table)).containsExactly("0");
        }
        assertThat(as(app, "globex", "select code from plan")).containsExactlyInAnyOrder("free", "team");
    }

    @Test
    void foreign_keys_between_tables_of_tenants_carry_the_tenant_and_are_validated() throws SQLException {
        assertThat(unbound(migrator, """
                        select conrelid::regclass || ' ' || pg_get_constraintdef(oid) from pg_constraint
                        where contype = 'f' and conparentid = 0"""))
                .containsExactlyInAnyOrder(
                        "\"Mixed Case\".\"Order \"\"Line\" FOREIGN KEY (tenant_id, \"Up\") REFERENCES"
                                + " \"Mixed Case\".\"Order \"\"Line\"(tenant_id, \"Id\") ON DELETE SET NULL (\"Up\")",
                        "billing.invoice FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id)"
                                + " ON DELETE CASCADE",
                        "billing.invoice FOREIGN KEY (tenant_id, last_line) REFERENCES billing.line(tenant_id, id)"
                                + " DEFERRABLE INITIALLY DEFERRED",
                        "billing.line FOREIGN KEY (tenant_id, invoice_id) REFERENCES billing.invoice(tenant_id, id)"
                                + " ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED",
                        "customer FOREIGN KEY (plan) REFERENCES plan(code)",
                        "customer FOREIGN KEY (tenant_id, parent_id) REFERENCES customer(tenant_id, id)"
                                + " ON DELETE SET NULL (parent_id)",
                        "customer_tag FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id)"
                                + " ON DELETE CASCADE",
                        "reading FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id)");
        assertThat(unbound(migrator, "select conname from pg_constraint where not convalidated"))
                .isEmpty();
    }

    @Test
    void of_unique_keys_only_generated_primary_keys_stay_without_the_tenant() throws SQLException {
        var global = unbound(migrator, """
                select x.relname from pg_index i join pg_class x on x.oid = i.indexrelid
                where i.indrelid = any (array(
                        select attrelid from pg_attribute where attname = 'tenant_id' and attnum > 0)) and i.indisunique
                  and i.indkey[0] <> (select attnum from pg_attribute
                                      where attrelid = i.indrelid and attname = 'tenant_id')""");

        assertThat(global).hasSize(keys == KeyVariant.TENANT_FIRST ? 0 : 9).allMatch(name -> name.endsWith("_pkey"));
    }

    @Test
    void an_entity_that_does_not_know_the_column_works_on_and_natural_keys_are_each_tenants_own() throws SQLException {
        var customer = as(app, "initech", """
                insert into customer (email, name, plan) values ('ann@x', 'Ann', 'free') returning id""").get(0);
        var invoice = as(app, "initech", """
                insert into billing.invoice (customer_id, number, total) values (%s, 'A-1', 5) returning id""".formatted(customer)).get(0);
        as(app, "initech", "insert into billing.line (invoice_id, place) values ('%s', 1)".formatted(invoice));
        as(app, "initech", "insert into \"Mixed Case\".\"Order \"\"Line\" (\"e-mail\") values ('one@x')");
        as(app, "initech", "insert into reading (taken, meter) values ('2026-05-06', 'm2')");

        assertThat(as(app, "initech", "select tenant_id || shouted from customer"))
                .containsExactly("initechANN");
        assertThatThrownBy(() -> as(app, "initech", "insert into customer (email, name) values ('ANN@x', 'Anne')"))
                .hasMessageContaining("customer_mail");
    }

    @Test
    void run_again_it_changes_nothing_and_planned_again_it_is_the_same(TestDatabase database) throws SQLException {
        var once = Shop.catalogue(database);

        database.execute(Role.MIGRATOR, plan.migration());
        Shop.indexes(plan).forEach(sql -> database.execute(Role.MIGRATOR, sql));

        assertThat(Shop.catalogue(database)).isEqualTo(once);
        var again = Shop.adoption(database).withKeys(keys).plan();
        assertThat(again.migration()).isEqualTo(plan.migration());
        assertThat(again.indexes()).isEmpty();
        assertThat(again.findings())
                .extracting(AdoptionFinding::code)
                .doesNotContain(
                        AdoptionCode.ON_CONFLICT,
                        AdoptionCode.SET_NULL,
                        AdoptionCode.OWNER_OTHER,
                        AdoptionCode.TENANT_ID_PRESENT);
    }

    @Test
    void partitions_are_closed_and_protected_themselves(TestDatabase database) throws SQLException {
        assertThatThrownBy(() -> as(app, "acme", "select * from reading_2025"))
                .hasMessageContaining("permission denied");

        database.execute(Role.MIGRATOR, "grant select on reading_2025 to tenancy_app");
        assertThat(as(app, "globex", "select * from reading_2025")).isEmpty();
        assertThat(as(app, "acme", "select * from reading_2025")).hasSize(1);
        database.execute(Role.MIGRATOR, "revoke select on reading_2025 from tenancy_app");
    }

    @Test
    void indexes_begin_with_the_tenant_beside_those_that_did_not() throws SQLException {
        assertThat(unbound(migrator, """
                        select pg_get_indexdef(indexrelid) from pg_index i join pg_class x on x.oid = i.indexrelid
                        where x.relname ~ 'tenant2?$' and i.indisvalid"""))
                .containsExactlyInAnyOrder(
                        "CREATE INDEX customer_name_tenant ON public.customer USING btree (tenant_id, name DESC)",
                        "CREATE INDEX customer_parent_id_fkey_tenant ON public.customer USING btree"
                                + " (tenant_id, parent_id)",
                        "CREATE INDEX invoice_customer_id_fkey_tenant ON billing.invoice USING btree"
                                + " (tenant_id, customer_id)",
                        "CREATE INDEX invoice_last_line_fkey_tenant ON billing.invoice USING btree"
                                + " (tenant_id, last_line)",
                        "CREATE INDEX \"Order \"\"Line_Up_fkey_tenant\" ON \"Mixed Case\".\"Order \"\"Line\" USING btree"
                                + " (tenant_id, \"Up\")",
                        "CREATE INDEX reading_customer_id_fkey_tenant ON ONLY public.reading USING btree"
                                + " (tenant_id, customer_id)",
                        "CREATE INDEX remark_tenant ON public.remark USING btree (tenant_id)");
    }
}
