package dev.lexigram.tenancy.postgres.isolation;

import static dev.lexigram.tenancy.postgres.Invoicing.as;
import static dev.lexigram.tenancy.postgres.Invoicing.bind;
import static dev.lexigram.tenancy.postgres.Invoicing.rows;
import static dev.lexigram.tenancy.postgres.Invoicing.unbound;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.postgres.Invoicing;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Attacks on protected tables, each with the same attack where the guard is taken away. */
@TenancyTest
class PolicyAttackTest {

    private static final String NAMES = "select name from customer order by name";

    private DataSource app;

    @BeforeEach
    void a_customer_of_each_tenant(TestDatabase database) throws SQLException {
        Invoicing.create(database);
        app = database.as(Role.APP);
        RowLevelPolicies.forTables("customer", "invoice").apply(database.as(Role.MIGRATOR));
        as(app, "acme", "insert into customer (id, email, name) values (1, 'ann@x', 'Ann of acme')");
        as(app, "globex", "insert into customer (id, email, name) values (2, 'guy@x', 'Guy of globex')");
    }

    @Test
    void RL_01_the_owner_is_confined_too_because_row_security_is_forced(TestDatabase database) throws SQLException {
        try (var owner = database.as(Role.MIGRATOR).getConnection()) {
            rows(owner, "set role tenancy_owner");
            owner.setAutoCommit(false);
            bind(owner, "acme");
            assertThat(rows(owner, NAMES)).containsExactly("Ann of acme");

            rows(owner, "alter table customer no force row level security");
            assertThat(rows(owner, NAMES)).containsExactly("Ann of acme", "Guy of globex");
            owner.rollback();
        }
    }

    @Test
    void RL_09_a_second_permissive_policy_does_not_widen_what_the_restrictive_one_confines(TestDatabase database)
            throws SQLException {
        database.execute(Role.MIGRATOR, "create policy everyone on customer for all to public using (true)");
        assertThat(as(app, "acme", NAMES)).containsExactly("Ann of acme");

        database.execute(Role.MIGRATOR, "drop policy tenancy_confine on customer");
        assertThat(as(app, "acme", NAMES)).containsExactly("Ann of acme", "Guy of globex");
    }

    @Test
    void RL_16_switching_row_security_off_is_an_error_and_no_way_around(TestDatabase database) throws SQLException {
        try (var connection = app.getConnection()) {
            rows(connection, "set row_security = off");
            refused(() -> rows(connection, NAMES));
        }

        database.execute(Role.MIGRATOR, "alter table customer disable row level security");
        try (var connection = app.getConnection()) {
            rows(connection, "set row_security = off");
            assertThat(rows(connection, NAMES)).hasSize(2);
        }
    }

    @Test
    void RL_17_a_row_can_neither_be_moved_to_nor_written_for_another_tenant(TestDatabase database) throws SQLException {
        var move = "update customer set tenant_id = 'globex' where id = 1";
        var plant = "insert into customer (id, tenant_id, name) values (9, 'globex', 'Planted')";
        refused(() -> as(app, "acme", move));
        refused(() -> as(app, "acme", plant));
        assertThat(as(app, "acme", "update customer set name = 'Stolen'")).containsExactly("1");
        assertThat(as(app, "globex", NAMES)).containsExactly("Guy of globex");

        database.execute(Role.MIGRATOR, "alter table customer disable row level security");
        assertThat(as(app, "acme", move)).containsExactly("1");
        assertThat(as(app, "acme", plant)).containsExactly("1");
    }

    @Test
    void nothing_bound_raises_instead_of_hiding_rows(TestDatabase database) throws SQLException {
        refused(() -> unbound(app, NAMES));
        refused(() -> unbound(app, "delete from customer"));
        refused(() -> unbound(app, "insert into customer (name) values ('Nobody')"));

        assertThat(unbound(database.as(Role.SUPERUSER), NAMES)).hasSize(2);
    }

    @Test
    void CN_07_a_setting_that_was_reset_reads_as_empty_and_is_refused_like_none(TestDatabase database)
            throws SQLException {
        try (var connection = app.getConnection()) {
            connection.setAutoCommit(false);
            bind(connection, "acme");
            connection.commit();
            rows(connection, "reset tenancy.tenant_id");
            var setting = "select current_setting('tenancy.tenant_id', true)";
            assertThat(rows(connection, setting)).containsExactly("");
            refused(() -> rows(connection, NAMES));
            connection.rollback();
        }
        refused(() -> as(app, "", NAMES));
    }

    @Test
    void CN_07_a_row_of_the_empty_tenant_cannot_exist_and_would_be_visible_to_a_naive_policy(TestDatabase database)
            throws SQLException {
        var nobodys = "insert into customer (tenant_id, name) values ('', 'Nobody')";
        assertThatThrownBy(() -> database.execute(Role.SUPERUSER, nobodys)).hasMessageContaining("tenancy_tenant_id");

        database.execute(Role.SUPERUSER, """
                create table naive (tenant_id text not null, name text);
                insert into naive values ('', 'Nobody');
                alter table naive enable row level security, force row level security;
                create policy naive on naive using (tenant_id = current_setting('tenancy.tenant_id', true));
                grant select on naive to tenancy_app""");
        try (var connection = app.getConnection()) {
            connection.setAutoCommit(false);
            bind(connection, "acme");
            connection.commit();
            assertThat(rows(connection, "select name from naive")).containsExactly("Nobody");
            connection.rollback();
        }
    }

    @ParameterizedTest
    @EnumSource(KeyVariant.class)
    void RL_12_a_row_of_another_tenant_cannot_be_referred_to(KeyVariant keys, TestDatabase database)
            throws SQLException {
        var invoice = "insert into invoice (customer_id, number) values (2, 'A-1')";
        Invoicing.create(database);
        RowLevelPolicies.forTables("customer", "invoice").withKeys(keys).apply(database.as(Role.MIGRATOR));
        as(app, "globex", "insert into customer (id, email, name) values (2, 'guy@x', 'Guy of globex')");

        assertThatThrownBy(() -> as(app, "acme", invoice))
                .isInstanceOf(SQLException.class)
                .hasFieldOrPropertyWithValue("SQLState", "23503");
        assertThat(as(app, "globex", invoice)).containsExactly("1");
    }

    @Test
    void RL_12_a_foreign_key_of_one_column_accepts_a_row_of_another_tenant(TestDatabase database) throws SQLException {
        database.execute(Role.MIGRATOR, """
                alter table invoice drop constraint invoice_customer_id_fkey;
                alter table invoice add foreign key (customer_id) references customer (id)""");

        assertThat(as(app, "acme", "insert into invoice (customer_id, number) values (2, 'A-1')"))
                .containsExactly("1");
    }

    private static void refused(ThrowingCallable attack) {
        assertThatThrownBy(attack).isInstanceOf(SQLException.class).hasFieldOrPropertyWithValue("SQLState", "42501");
    }
}
