package dev.lexigram.tenancy.postgres.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.stores.TenantQuery;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.TenantActivated;
import dev.lexigram.tenancy.tenant.TenantEvent;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantSlugConflictException;
import dev.lexigram.tenancy.tenant.TenantStatus;
import dev.lexigram.tenancy.tenant.TenantUnavailableException;
import dev.lexigram.tenancy.tenant.Uuid7;
import dev.lexigram.tenancy.testkit.LifecycleJournalContract;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TenantDeletionsContract;
import dev.lexigram.tenancy.testkit.TenantStoreContract;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@TenancyTest
class SqlTenantStoreTest implements TenantStoreContract, LifecycleJournalContract, TenantDeletionsContract {

    private TestDatabase database;

    @BeforeEach
    void use(TestDatabase database) {
        this.database = database;
    }

    @Override
    public TenantStore emptyStore() {
        return ControlPlane.emptyStore(database);
    }

    @Override
    public List<TenantEvent> storedEvents(TenantStore store) {
        return ControlPlane.events(database);
    }

    @Test
    void two_tenants_that_want_the_names_of_each_other_do_not_wait_for_ever() throws Exception {
        var store = emptyStore();
        var together = new CyclicBarrier(2);
        var pool = Executors.newFixedThreadPool(2);
        try {
            for (var round = 0; round < 20; round++) {
                var one = "a" + round;
                var other = "b" + round;
                var outcomes = List.of(
                        pool.submit(() -> created(store, together, one, other)),
                        pool.submit(() -> created(store, together, other, one)));
                assertThat(outcomes).extracting(Future::get).containsExactlyInAnyOrder(true, false);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static boolean created(TenantStore store, CyclicBarrier together, String id, String slug) throws Exception {
        together.await();
        try {
            store.save(ControlPlane.tenant(id, slug), TenantStore.NEW, List.of());
            return true;
        } catch (TenantSlugConflictException taken) {
            return false;
        }
    }

    @Test
    void S_2_control_without_the_indexes_a_name_is_taken_twice() {
        var store = emptyStore();
        store.save(ControlPlane.tenant("Acme", "first"), TenantStore.NEW, List.of());
        database.execute(
                Role.CONTROL,
                "drop index tenancy.tenant_names_folded;"
                        + " alter table tenancy.tenant_names drop constraint tenant_names_pkey");
        try {
            store.save(ControlPlane.tenant("ACME", "second"), TenantStore.NEW, List.of());
            store.save(ControlPlane.tenant("t3", "acme"), TenantStore.NEW, List.of());
            store.save(ControlPlane.tenant("t4", "acme"), TenantStore.NEW, List.of());

            assertThat(store.page(TenantQuery.FIRST).tenants()).hasSize(4);
        } finally {
            ControlPlane.dropAll(database);
        }
    }

    @Test
    void S_3_a_failure_of_the_database_while_events_are_stored_leaves_no_change() {
        var store = emptyStore();
        var tenant = store.save(ControlPlane.tenant("acme", "acme"), TenantStore.NEW, List.of());
        var event = new TenantActivated(Uuid7.next(), tenant.id(), 0, Instant.EPOCH, "ada");
        var changed = tenant.withStatus(TenantStatus.INACTIVE, null, Instant.EPOCH);
        database.execute(
                Role.CONTROL,
                "alter table tenancy.outbox add constraint outbox_broken check (type <> 'TenantActivated')");

        assertThatThrownBy(() -> store.save(changed, 1, List.of(event))).isInstanceOf(TenantUnavailableException.class);
        assertThat(store.findById(tenant.id())).contains(tenant);

        database.execute(Role.CONTROL, "alter table tenancy.outbox drop constraint outbox_broken");
        assertThat(store.save(changed, 1, List.of(event)).version()).isEqualTo(2);
        assertThat(storedEvents(store)).extracting(TenantEvent::sequence).containsExactly(1L);
    }

    @Test
    void S_7_a_json_null_reads_as_empty() {
        var store = emptyStore();
        store.save(ControlPlane.tenant("acme", "acme"), TenantStore.NEW, List.of());

        database.execute(
                Role.CONTROL,
                "update tenancy.tenants set config = 'null', metadata = '{\"gone\": null, \"in\": [1, null, {\"x\": null}]}'");

        var found = store.findById(TenantId.of("acme")).orElseThrow();
        assertThat(found.config()).isEmpty();
        assertThat(found.metadata()).hasToString("{in=[1, {}]}");
    }

    @Test
    void the_transactions_of_the_store_do_not_depend_on_the_defaults_of_its_login() {
        var store = emptyStore();
        database.execute(
                Role.SUPERUSER,
                "alter role tenancy_control in database " + database.name()
                        + " set default_transaction_isolation = 'serializable'");
        try {
            of_many_creations_of_one_slug_exactly_one_wins();
            of_many_changes_of_one_version_exactly_one_wins();
        } finally {
            database.execute(
                    Role.SUPERUSER, "alter role tenancy_control in database " + database.name() + " reset all");
        }
        assertThat(store.page(TenantQuery.FIRST).tenants()).hasSize(1);
    }

    @Test
    void every_read_uses_an_index() throws SQLException {
        emptyStore();
        database.execute(Role.CONTROL, """
                insert into tenancy.tenants (tenant_id, slug, name, status, version, created_at, updated_at)
                select 't' || i, 's' || i, 'T', 'active', 1, now() + i * interval '1 second', now()
                from generate_series(1, 5000) as i;
                insert into tenancy.placements (tenant_id, strategy)
                select tenant_id, 'row_level' from tenancy.tenants;
                insert into tenancy.tenant_names (name, kind, tenant_id)
                select tenant_id, 'id', tenant_id from tenancy.tenants;
                insert into tenancy.tenant_names (name, kind, tenant_id)
                select slug, 'slug', tenant_id from tenancy.tenants;
                insert into tenancy.tenant_heads (tenant_id) select tenant_id from tenancy.tenants;
                insert into tenancy.tenant_configs (tenant_id, key, value, version, updated_at)
                select tenant_id, 'k', '1', 1, now() from tenancy.tenants;
                analyze tenancy.tenants, tenancy.placements, tenancy.tenant_names, tenancy.tenant_heads,
                        tenancy.tenant_configs
                """);

        var start = OffsetDateTime.now(ZoneOffset.UTC);
        assertThat(List.of(
                        plan(SqlTenantStore.BY_ID, "t77"),
                        plan(SqlTenantStore.BY_SLUG, "s77", "s77"),
                        plan(SqlTenantStore.PAGE, start, "t5", 101),
                        plan(SqlTenantStore.PAGE_OF_STATUS, start, "t5", "active", 101),
                        plan(SqlTenantMembership.IS_MEMBER, "ada", "t5"),
                        plan(ConfigRows.READ, "t77")))
                .allSatisfy(plan -> assertThat(plan).contains("Index").doesNotContain("Seq Scan"));
    }

    private String plan(String sql, Object... values) throws SQLException {
        try (var connection = database.as(Role.CONTROL).getConnection();
                var statement = connection.prepareStatement("explain " + sql)) {
            for (var index = 0; index < values.length; index++) {
                statement.setObject(index + 1, values[index]);
            }
            var plan = new StringBuilder();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    plan.append(rows.getString(1)).append('\n');
                }
            }
            return plan.toString();
        }
    }
}
