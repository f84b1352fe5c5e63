package dev.lexigram.tenancy.postgres.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.isolation.DeprovisionPolicy;
import dev.lexigram.tenancy.isolation.ErasedResource;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.policy.Grantees;
import dev.lexigram.tenancy.postgres.policy.TableName;
import dev.lexigram.tenancy.postgres.policy.TenantPolicy;
import dev.lexigram.tenancy.tenant.TenantProvisioningException;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** O-3: the rows of a removed tenant go into an archive. */
@TenancyTest
class RowLevelArchiveTest {

    private static final int ROWS = 3 + 2 + 12_000 + 20 + 1 + 1 + 12_000;

    private static final String ARCHIVES = "select nspname from pg_namespace where nspname ~ '^archived_' order by 1";

    @BeforeAll
    static void create(TestDatabase database) {
        RemovalTables.create(database);
    }

    @BeforeEach
    void fill(TestDatabase database) {
        RemovalTables.fill(database);
    }

    @AfterEach
    void clear(TestDatabase database) throws SQLException {
        for (var schema : archives(database)) {
            database.execute(Role.SUPERUSER, "drop schema \"" + schema + "\" cascade");
        }
    }

    @Test
    void O_3_every_row_of_the_tenant_is_in_the_archive_and_no_other(TestDatabase database) throws SQLException {
        var report = archive(database);

        var schema = archives(database).get(0);
        assertThat(archives(database)).hasSize(1);
        assertThat(schema)
                .as("archived_, half of the SHA-256 of tenant_acme, _, Unix time")
                .matches("archived_4d3b35d6d7309d8791fe9264e168d82b_[0-9]{10}");
        assertThat(report)
                .contains(
                        new ErasedResource("public.line", 12_000, 12_000, 0),
                        new ErasedResource("public.hen", 1, 1, 0),
                        new ErasedResource(schema + ".line", 0, 0, 12_000),
                        new ErasedResource(schema + ".visit", 0, 0, 12_000),
                        new ErasedResource(schema + ".category", 0, 0, 20),
                        new ErasedResource(schema + ".egg", 0, 0, 1))
                .hasSize(2 * RemovalTables.NAMES.size());
        assertThat(RemovalTables.owners(database)).containsOnly("globex").hasSize(RemovalTables.NAMES.size());
        assertThat(RowLevelTest.rows(
                        database.as(Role.SUPERUSER),
                        "select id || ' ' || coalesce(parent_id, 0) from \"" + schema + "\".category where id < 3"))
                .containsExactlyInAnyOrder("1 0", "2 1");
        assertThat(archive(database))
                .as("again: nothing is found, and what is kept is told")
                .contains(
                        new ErasedResource("public.line", 0, 0, 0), new ErasedResource(schema + ".line", 0, 0, 12_000));
        assertThat(archives(database)).containsExactly(schema);
    }

    @Test
    void O_3_nobody_but_the_owner_reaches_the_archive(TestDatabase database) throws SQLException {
        archive(database);
        var read = "select count(*) from \"" + archives(database).get(0) + "\".line";

        for (var role : List.of(Role.APP, Role.ADMIN, Role.CONTROL)) {
            assertThatThrownBy(() -> RowLevelTest.rows(database.as(role), read))
                    .as(role.name())
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("permission denied");
        }
        assertThat(RowLevelTest.rows(database.as(Role.MIGRATOR), read)).containsExactly("12000");
    }

    @Test
    void LC_06_a_row_is_in_one_place_wherever_it_broke_off(TestDatabase database) throws SQLException {
        database.execute(Role.SUPERUSER, """
                create function stop() returns trigger language plpgsql as
                  $$ begin raise exception 'disk full'; end $$;
                create trigger stop before delete on invoice for each statement execute function stop();
                """);
        assertThatThrownBy(() -> archive(database))
                .isInstanceOf(TenantProvisioningException.class)
                .hasMessageNotContaining("disk full");
        database.execute(Role.SUPERUSER, "drop function stop cascade");
        var schema = archives(database).get(0);
        var left = number(database, "select count(*) from line where tenant_id = 'acme'");
        var gone = number(database, "select count(*) from \"" + schema + "\".line");
        assertThat(left + gone).isEqualTo(12_000);
        assertThat(gone).as("control: something had moved before").isPositive();

        var report = archive(database);

        assertThat(archives(database)).as("it goes on in the same place").containsExactly(schema);
        assertThat(report.stream().mapToLong(ErasedResource::left).sum()).isEqualTo(ROWS);
        assertThat(RemovalTables.owners(database)).containsOnly("globex");
    }

    @Test
    void a_table_whose_owner_passes_by_its_policies_is_named_before_anything_moves(TestDatabase database)
            throws SQLException {
        database.execute(Role.SUPERUSER, "alter table invoice no force row level security");
        try {
            assertThatThrownBy(() -> archive(database))
                    .isInstanceOf(TenantProvisioningException.class)
                    .hasMessageContaining("public.invoice")
                    .hasMessageNotContaining("public.line");
        } finally {
            database.execute(Role.SUPERUSER, "alter table invoice force row level security");
        }

        assertThat(archives(database)).isEmpty();
        assertThat(number(database, "select count(*) from line")).isEqualTo(12_001);
    }

    @Test
    void a_login_that_is_not_of_the_owner_moves_nothing(TestDatabase database) throws SQLException {
        var archive = RowLevelArchive.of(database.as(Role.APP), IsolationConfig.DEFAULTS);

        assertThatThrownBy(() -> strategy(database, archive).deprovision(RowLevelTest.ACME, DeprovisionPolicy.RENAME))
                .isInstanceOf(TenantProvisioningException.class)
                .hasMessageContaining("42501");

        assertThat(number(database, "select count(*) from line")).isEqualTo(12_001);
        archive(database);
        assertThat(number(database, "select count(*) from line"))
                .as("control: the login of the migrations moves them")
                .isEqualTo(1);
    }

    @Test
    void LC_08_a_schema_that_only_says_to_be_the_archive_gets_nothing(TestDatabase database) throws SQLException {
        database.execute(Role.SUPERUSER, """
                create schema archived_9 authorization tenancy_app;
                comment on schema archived_9 is
                  'lexigram-tenancy schema of tenant acme 00000000-0000-0000-0000-000000000000';
                """);

        archive(database);

        assertThat(archives(database)).hasSize(2);
        assertThat(number(database, "select count(*) from pg_tables where schemaname = 'archived_9'"))
                .isZero();
    }

    @Test
    void tables_of_one_name_in_two_schemas_get_a_place_each(TestDatabase database) throws SQLException {
        database.execute(Role.MIGRATOR, """
                set role tenancy_owner; create schema billing;
                create table billing.invoice (number text, tenant_id text);
                """);
        try {
            TenantPolicy.protect(TableName.of("billing.invoice"))
                    .forEach(statement -> database.execute(Role.MIGRATOR, statement));
            database.execute(Role.SUPERUSER, "insert into billing.invoice values ('B-1', 'acme'), ('B-2', 'globex')");

            archive(database);

            assertThat(RowLevelTest.rows(database.as(Role.SUPERUSER), """
                    select obj_description(c.oid, 'pg_class') || ': ' || c.relname from pg_class c
                    join pg_namespace n on n.oid = c.relnamespace and n.nspname ~ '^archived_'
                    where obj_description(c.oid, 'pg_class') ~ 'invoice'
                    """))
                    .containsExactlyInAnyOrder(
                            "rows of \"billing\".\"invoice\": invoice", "rows of \"public\".\"invoice\": rows_2");
            assertThat(RowLevelTest.rows(database.as(Role.SUPERUSER), "select number from billing.invoice"))
                    .containsExactly("B-2");
        } finally {
            database.execute(Role.SUPERUSER, "drop schema billing cascade");
        }
    }

    @Test
    void O_3_sealed_tables_are_archived_with_a_seal_of_the_owner(TestDatabase database) throws SQLException {
        var sealed = new TenantPolicy("tenancy.tenant_id").withSealed(true);
        sealed.install(Grantees.DEFAULTS).forEach(statement -> database.execute(Role.MIGRATOR, statement));
        try {
            assertThatThrownBy(() -> archive(database, IsolationConfig.DEFAULTS))
                    .as("control: the bare id opens nothing")
                    .isInstanceOf(TenantProvisioningException.class);
            SealKeys.of(database.as(Role.MIGRATOR)).create("first");

            archive(database, IsolationConfig.DEFAULTS.withSealed(true));
        } finally {
            new TenantPolicy("tenancy.tenant_id")
                    .install(Grantees.DEFAULTS)
                    .forEach(statement -> database.execute(Role.MIGRATOR, statement));
        }

        assertThat(RemovalTables.owners(database)).containsOnly("globex");
        assertThat(number(
                        database, "select count(*) from \"" + archives(database).get(0) + "\".line"))
                .isEqualTo(12_000);
    }

    private static List<ErasedResource> archive(TestDatabase database) {
        return archive(database, IsolationConfig.DEFAULTS);
    }

    private static List<ErasedResource> archive(TestDatabase database, IsolationConfig config) {
        return strategy(database, RowLevelArchive.of(database.as(Role.MIGRATOR), config))
                .deprovision(RowLevelTest.ACME, DeprovisionPolicy.RENAME);
    }

    private static RowLevelIsolationStrategy strategy(TestDatabase database, RowLevelArchive archive) {
        var binder = BinderUnderTest.PLAIN;
        return new RowLevelIsolationStrategy(
                binder.connections(database, Role.APP), binder.of(IsolationConfig.DEFAULTS), archive);
    }

    private static List<String> archives(TestDatabase database) throws SQLException {
        return RowLevelTest.rows(database.as(Role.SUPERUSER), ARCHIVES);
    }

    private static long number(TestDatabase database, String sql) throws SQLException {
        return Long.parseLong(
                RowLevelTest.rows(database.as(Role.SUPERUSER), sql).get(0));
    }
}
