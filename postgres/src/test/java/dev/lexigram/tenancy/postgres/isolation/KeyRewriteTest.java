package dev.lexigram.tenancy.postgres.isolation;

import static dev.lexigram.tenancy.postgres.Invoicing.as;
import static dev.lexigram.tenancy.postgres.Invoicing.unbound;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.postgres.Invoicing;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of primary, unique and foreign keys. */
@TenancyTest
class KeyRewriteTest {

    private static final RowLevelPolicies POLICIES = RowLevelPolicies.forTables("customer", "invoice");
    private static final String KEYS = """
            select conrelid::regclass || ' ' || pg_get_constraintdef(oid) from pg_constraint
            where conrelid::regclass::text in ('customer', 'invoice') and contype in ('p', 'u', 'f')
            """;

    private DataSource app;
    private DataSource migrator;

    @BeforeEach
    void tables(TestDatabase database) {
        Invoicing.create(database);
        app = database.as(Role.APP);
        migrator = database.as(Role.MIGRATOR);
    }

    @Test
    void surrogate_keys_keep_the_primary_key_and_carry_the_tenant_beside_it() throws SQLException {
        POLICIES.apply(migrator);

        assertThat(unbound(migrator, KEYS))
                .contains(
                        "customer PRIMARY KEY (id)",
                        "customer UNIQUE (tenant_id, id)",
                        "customer UNIQUE (tenant_id, email)",
                        "invoice UNIQUE (tenant_id, number) DEFERRABLE",
                        "invoice FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id) ON DELETE CASCADE",
                        "invoice FOREIGN KEY (tenant_id, reminded_by) REFERENCES customer(tenant_id, id)"
                                + " ON DELETE SET NULL (reminded_by)",
                        "invoice FOREIGN KEY (tenant_id, corrects) REFERENCES invoice(tenant_id, id)"
                                + " DEFERRABLE INITIALLY DEFERRED");
    }

    @Test
    void tenant_first_keys_all_begin_with_the_tenant() throws SQLException {
        POLICIES.withKeys(KeyVariant.TENANT_FIRST).apply(migrator);

        assertThat(unbound(migrator, KEYS))
                .contains("customer PRIMARY KEY (tenant_id, id)", "invoice PRIMARY KEY (tenant_id, id)")
                .allMatch(definition -> definition.contains("(tenant_id, "));
        as(app, "acme", "insert into customer (id, name) values (1, 'Ann')");
        as(app, "globex", "insert into customer (id, name) values (1, 'Guy')");
    }

    @Test
    void a_key_that_cannot_be_rewritten_stops_the_script_and_is_named(TestDatabase database) {
        database.execute(
                Role.MIGRATOR,
                "alter table invoice add constraint odd foreign key (reminded_by) references customer on update set null");

        assertThatThrownBy(() -> POLICIES.apply(migrator))
                .rootCause()
                .hasMessageContaining("foreign key odd of invoice cannot be rewritten")
                .hasMessageContaining("by hand");
    }

    @ParameterizedTest
    @EnumSource(KeyVariant.class)
    void a_unique_index_without_a_constraint_carries_the_tenant_too(KeyVariant keys, TestDatabase database)
            throws SQLException {
        database.execute(Role.MIGRATOR, """
                create unique index on customer (lower(email), name desc nulls last) include (id) where name <> '(';
                create unique index "of (one" on customer (name) nulls not distinct with (fillfactor = 70);
                create unique index number on invoice (number);
                alter table customer add referrer text references customer (email)""");
        database.execute(Role.MIGRATOR, """
                create unique index mail on customer (email);
                alter table invoice add mail text;
                alter table customer drop constraint customer_email_key cascade;
                alter table invoice add foreign key (mail) references customer (email) on delete set null""");

        POLICIES.withKeys(keys).apply(migrator);
        POLICIES.withKeys(keys).apply(migrator);

        assertThat(unbound(migrator, """
                select replace(indexdef, 'public.', '') from pg_indexes
                where schemaname = 'public' and indexname in ('customer_lower_name_id_idx', 'of (one', 'number', 'mail')"""))
                .containsExactlyInAnyOrder(
                        "CREATE UNIQUE INDEX customer_lower_name_id_idx ON customer USING btree"
                                + " (tenant_id, lower(email), name DESC NULLS LAST) INCLUDE (id) WHERE (name <> '('::text)",
                        "CREATE UNIQUE INDEX \"of (one\" ON customer USING btree (tenant_id, name)"
                                + " NULLS NOT DISTINCT WITH (fillfactor='70')",
                        "CREATE UNIQUE INDEX number ON invoice USING btree (tenant_id, number)",
                        "CREATE UNIQUE INDEX mail ON customer USING btree (tenant_id, email)");
        assertThat(unbound(migrator, KEYS))
                .contains("invoice FOREIGN KEY (tenant_id, mail) REFERENCES customer(tenant_id, email)"
                        + " ON DELETE SET NULL (mail)");
    }

    @Test
    void keys_that_only_a_partition_has_are_rewritten_too(TestDatabase database) throws SQLException {
        database.execute(Role.MIGRATOR, """
                create table reading (id bigint primary key, meter text, customer_id bigint) partition by range (id);
                create table reading_1 partition of reading for values from (0) to (1000);
                create unique index reading_1_meter on reading_1 (meter);
                alter table reading_1 add foreign key (customer_id) references customer (id);
                create unique index reading_id_meter on reading (id, meter)""");

        RowLevelPolicies.forTables("customer", "reading").apply(migrator);

        assertThat(unbound(
                        migrator,
                        "select indexdef from pg_indexes where tablename like 'reading%' and indexdef"
                                + " like '%UNIQUE%' and indexdef not like '%(tenant_id, %'"))
                .containsExactlyInAnyOrder(
                        "CREATE UNIQUE INDEX reading_pkey ON ONLY public.reading USING btree (id)",
                        "CREATE UNIQUE INDEX reading_1_pkey ON public.reading_1 USING btree (id)");
        assertThat(unbound(
                        migrator,
                        "select pg_get_constraintdef(oid) from pg_constraint"
                                + " where conrelid = 'reading_1'::regclass and contype = 'f'"))
                .containsExactly("FOREIGN KEY (tenant_id, customer_id) REFERENCES customer(tenant_id, id)");
    }

    @Test
    void foreign_keys_are_validated_unless_they_never_were(TestDatabase database) throws SQLException {
        database.execute(
                Role.MIGRATOR, "alter table invoice add constraint lax foreign key (id) references customer not valid");

        POLICIES.apply(migrator);

        assertThat(unbound(migrator, "select conname from pg_constraint where contype = 'f' and not convalidated"))
                .containsExactly("lax");
    }

    @Test
    void a_table_outside_the_list_keeps_its_keys(TestDatabase database) throws SQLException {
        database.execute(Role.MIGRATOR, """
                create table country (code text primary key);
                alter table customer add country text references country (code)""");

        POLICIES.apply(migrator);

        assertThat(unbound(migrator, KEYS)).contains("customer FOREIGN KEY (country) REFERENCES country(code)");
    }

    @Test
    void an_owner_who_cannot_bypass_the_policies_checks_new_foreign_keys_against_all_rows(TestDatabase database)
            throws SQLException {
        POLICIES.apply(migrator);
        as(app, "acme", "insert into customer (id, name) values (1, 'Ann')");
        as(app, "globex", "insert into invoice (number) values ('G-1')");
        var drop = "alter table invoice drop constraint invoice_customer_id_fkey";
        unbound(migrator, drop);
        as(app, "globex", "update invoice set customer_id = 1");
        var owner = ownerWithoutBypass(database);

        as(
                owner,
                "acme",
                "alter table invoice add constraint invoice_customer_id_fkey"
                        + " foreign key (tenant_id, customer_id) references customer (tenant_id, id)"); // taken as
        // valid

        unbound(
                migrator,
                drop + ", add constraint invoice_customer_id_fkey"
                        + " foreign key (customer_id) references customer (id)");
        assertThatThrownBy(() -> POLICIES.apply(owner)).hasMessageContaining("23503");
        as(app, "globex", "update invoice set customer_id = null");
        POLICIES.apply(owner);
        assertThat(POLICIES.verify(app).findings()).isEmpty();
    }

    private static DataSource ownerWithoutBypass(TestDatabase database) {
        database.execute(Role.SUPERUSER, "create role plain_owner login in role tenancy_owner");
        return Invoicing.login(database, "plain_owner");
    }
}
