package dev.lexigram.tenancy.postgres.adoption;

import static dev.lexigram.tenancy.postgres.Invoicing.as;
import static dev.lexigram.tenancy.postgres.Invoicing.unbound;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.postgres.isolation.KeyVariant;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Attacks on an adopted database, each with the same attack where what the migration did is undone. */
@TenancyTest
@ParameterizedClass
@EnumSource(KeyVariant.class)
class AdoptionAttackTest {

    private static final String DUPLICATE = "23505";
    private static final String NOT_THERE = "23503";

    private DataSource app;
    private DataSource migrator;
    private String customer;

    AdoptionAttackTest(KeyVariant keys) {}

    @BeforeParameterizedClassInvocation
    static void adopted(KeyVariant keys, TestDatabase database) {
        Shop.create(database);
        Shop.adopt(database, Shop.adoption(database).withKeys(keys));
    }

    @BeforeEach
    void a_customer_of_acme(TestDatabase database) throws SQLException {
        app = database.as(Role.APP);
        migrator = database.as(Role.MIGRATOR);
        customer = as(app, "acme", "insert into customer (email, name) values ('eve@x', 'Eve') returning id")
                .get(0);
    }

    @AfterEach
    void nothing_is_left() throws SQLException {
        unbound(
                migrator,
                "delete from billing.invoice where number like 'G-%'; delete from customer where email ~ 'eve|mal'");
    }

    @Test
    void RL_10_whether_another_tenant_uses_a_unique_value_cannot_be_found_out() throws SQLException {
        as(app, "globex", "insert into customer (email, name) values ('eve@x', 'Mallory')");
        as(app, "globex", "delete from customer");

        var constraint = replaced("customer_email_key", "unique (email)");
        assertState(() -> as(app, "globex", "insert into customer (email, name) values ('eve@x', 'Mal')"), DUPLICATE);
        restore("customer_email_key", constraint);
    }

    @Test
    void RL_10_nor_with_a_unique_index_that_is_no_constraint() throws SQLException {
        as(app, "globex", "insert into customer (email, name) values ('EVE@x', 'Mallory')");
        as(app, "globex", "delete from customer");

        unbound(migrator, "create unique index as_before on customer (lower(email)) where name is not null");
        assertState(() -> as(app, "globex", "insert into customer (email, name) values ('EVE@x', 'Mal')"), DUPLICATE);
        unbound(migrator, "drop index as_before");
    }

    @Test
    void RL_11_an_insert_is_not_swallowed_by_a_row_that_cannot_be_seen() throws SQLException {
        var upsert = "insert into customer (email, name) values ('eve@x', 'Mal') on conflict %s";

        assertThat(as(app, "globex", upsert.formatted("(tenant_id, email) do nothing")))
                .containsExactly("1");
        assertThat(as(app, "globex", upsert.formatted("(tenant_id, email) do update set name = 'Mallory'")))
                .containsExactly("1");
        assertThat(as(app, "acme", "select name from customer where id = " + customer))
                .containsExactly("Eve");

        as(app, "globex", "delete from customer");
        var constraint = replaced("customer_email_key", "unique (email)");
        assertThat(as(app, "globex", upsert.formatted("(email) do nothing"))).containsExactly("0");
        assertThatThrownBy(() -> as(app, "globex", upsert.formatted("(email) do update set name = 'Mallory'")))
                .hasMessageContaining("row-level security");
        restore("customer_email_key", constraint);
    }

    @Test
    void RL_12_a_row_cannot_refer_to_another_tenants_row() throws SQLException {
        var attack = "insert into billing.invoice (customer_id, number) values (%s, 'G-1')".formatted(customer);
        assertState(() -> as(app, "globex", attack), NOT_THERE);

        unbound(migrator, "alter table billing.invoice drop constraint invoice_customer_id_fkey");
        assertThat(as(app, "globex", attack)).containsExactly("1");
        unbound(migrator, "delete from billing.invoice where number = 'G-1'");
        unbound(migrator, """
                alter table billing.invoice add constraint invoice_customer_id_fkey
                    foreign key (tenant_id, customer_id) references customer (tenant_id, id) on delete cascade""");
    }

    @Test
    void RL_13_what_a_tenant_deletes_takes_no_row_of_another_with_it() throws SQLException {
        var survivors = "select count(*) from billing.invoice where tenant_id = 'globex'";
        var attack = "delete from customer where id = " + customer;
        var foreign = "insert into billing.invoice (customer_id, number) values (%s, 'G-1')".formatted(customer);
        assertState(() -> as(app, "globex", foreign), NOT_THERE);

        unbound(migrator, "create unique index as_before on customer (id)");
        unbound(migrator, """
                alter table billing.invoice drop constraint invoice_customer_id_fkey, add constraint invoice_customer_id_fkey
                    foreign key (customer_id) references customer (id) on delete cascade""");
        as(app, "globex", foreign);
        assertThat(unbound(migrator, survivors)).containsExactly("1");
        as(app, "acme", attack);
        assertThat(unbound(migrator, survivors)).containsExactly("0");
        unbound(migrator, """
                alter table billing.invoice drop constraint invoice_customer_id_fkey, add constraint invoice_customer_id_fkey
                    foreign key (tenant_id, customer_id) references customer (tenant_id, id) on delete cascade""");
        unbound(migrator, "drop index as_before");
    }

    @Test
    void RL_15_no_right_reaches_past_the_policies(TestDatabase database) throws SQLException {
        assertThat(unbound(app, """
                        select c.oid::regclass || privilege from pg_class c,
                            unnest(array['truncate', 'references', 'trigger']) privilege
                        where c.relkind in ('r', 'p') and c.relnamespace::regnamespace::text !~ '^(pg_|information_)'
                          and has_table_privilege(c.oid, privilege)""")).isEmpty();
        assertThatThrownBy(() -> as(app, "globex", "truncate remark")).hasMessageContaining("permission denied");

        database.execute(Role.MIGRATOR, "grant truncate on remark to tenancy_app");
        as(app, "globex", "truncate remark");
        assertThat(as(app, "acme", "select * from remark")).isEmpty();
        database.execute(Role.MIGRATOR, "revoke truncate on remark from tenancy_app");
        as(app, "acme", "insert into remark values ('kept')");
    }

    @Test
    void RL_21_a_sequence_gives_numbers_and_takes_none() throws SQLException {
        assertThat(unbound(app, "select nextval('reading_seq') > 0, nextval('billing.line_id_seq')"))
                .containsExactly("t");
        assertThatThrownBy(() -> unbound(app, "select setval('reading_seq', 1)"))
                .hasMessageContaining("permission denied");

        unbound(migrator, "grant update on sequence reading_seq to tenancy_app");
        assertThatCode(() -> unbound(app, "select setval('reading_seq', 1000)")).doesNotThrowAnyException();
        unbound(migrator, "revoke update on sequence reading_seq from tenancy_app");
    }

    private String replaced(String constraint, String definition) throws SQLException {
        var before = unbound(
                        migrator,
                        "select pg_get_constraintdef(oid) from pg_constraint where conname = '%s'"
                                .formatted(constraint))
                .get(0);
        restore(constraint, definition);
        return before;
    }

    private void restore(String constraint, String definition) throws SQLException {
        unbound(migrator, "delete from customer where tenant_id = 'globex'");
        unbound(
                migrator,
                "alter table customer drop constraint %s, add constraint %1$s %s".formatted(constraint, definition));
    }

    private static void assertState(Attack attack, String state) {
        assertThatThrownBy(attack::run)
                .isInstanceOfSatisfying(
                        SQLException.class,
                        failure -> assertThat(failure.getSQLState()).isEqualTo(state));
    }

    private interface Attack {
        void run() throws SQLException;
    }
}
