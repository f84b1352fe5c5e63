package dev.lexigram.tenancy.postgres.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.overrides.CachedTenantConfigProvider;
import dev.lexigram.tenancy.overrides.ConfigCatalog;
import dev.lexigram.tenancy.overrides.OverridesConfig;
import dev.lexigram.tenancy.overrides.TenantConfigService;
import dev.lexigram.tenancy.stores.ConfigChange;
import dev.lexigram.tenancy.stores.ConfigUpdate;
import dev.lexigram.tenancy.stores.TenantConfigProvider;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.TenantEvent;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantNotFoundException;
import dev.lexigram.tenancy.tenant.TenantStatus;
import dev.lexigram.tenancy.tenant.TenantUnavailableException;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TenantConfigProviderContract;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@TenancyTest
class SqlTenantConfigTest implements TenantConfigProviderContract {

    private static final TenantId ACME = TenantId.of("acme");

    private TestDatabase database;

    @BeforeEach
    void use(TestDatabase database) {
        this.database = database;
    }

    @Override
    public TenantConfigProvider emptyProvider() {
        return ControlPlane.emptyStore(database);
    }

    @Override
    public TenantStore tenantsOf(TenantConfigProvider provider) {
        return (TenantStore) provider;
    }

    @Override
    public List<TenantEvent> storedEvents(TenantConfigProvider provider) {
        return ControlPlane.events(database);
    }

    @Test
    void a_tenant_whose_configuration_came_first_is_created_over_it_and_its_events_go_on_counting() {
        var store = ControlPlane.emptyStore(database);
        store.setConfig("acme", "theme", "dark");

        var acme = store.save(ControlPlane.tenant("acme", "acme"), TenantStore.NEW, List.of());
        store.setConfig("acme", "theme", "light");

        assertThat(store.findById(ACME)).contains(acme);
        assertThat(storedEvents(store)).extracting(TenantEvent::sequence).containsExactly(1L, 2L);
    }

    @Test
    void K_7_an_event_that_cannot_be_stored_leaves_no_change() {
        var store = ControlPlane.emptyStore(database);
        store.setConfig("acme", "theme", "dark");
        database.execute(Role.CONTROL, "alter table tenancy.outbox add constraint outbox_broken check (sequence < 2)");
        try {
            assertThatThrownBy(() -> store.setConfig("acme", "theme", "light"))
                    .isInstanceOf(TenantUnavailableException.class)
                    .satisfies(failure ->
                            assertThat(ControlPlane.everythingSaid(failure)).doesNotContain("light", "outbox_broken"));

            assertThat(store.getConfig("acme", "theme")).hasValue("dark");
            assertThat(store.snapshot(ACME).version()).isEqualTo(1);
        } finally {
            database.execute(Role.CONTROL, "alter table tenancy.outbox drop constraint outbox_broken");
        }
    }

    @Test
    void K_8_a_write_that_meets_the_deletion_of_its_tenant_comes_before_it_or_not_at_all() throws Exception {
        var store = ControlPlane.emptyStore(database);
        var acme = store.save(ControlPlane.tenant("acme", "acme"), TenantStore.NEW, List.of());
        try (var deleting = database.as(Role.CONTROL).getConnection();
                var statement = deleting.createStatement()) {
            deleting.setAutoCommit(false);
            statement.execute("update tenancy.tenants set status = 'deleted' where tenant_id = 'acme'");

            var failure = new Throwable[1];
            var writer = new Thread(() -> {
                try {
                    store.setConfig("acme", "theme", "dark");
                } catch (TenantNotFoundException deleted) {
                    failure[0] = deleted;
                }
            });
            writer.start();
            awaitOneThatWaitsForALock();
            deleting.commit();
            writer.join();

            assertThat(failure[0]).isInstanceOf(TenantNotFoundException.class);
            assertThat(store.snapshot(acme.id()).entries()).isEmpty();
        }
    }

    private void awaitOneThatWaitsForALock() {
        var waiting = "select count(*) from pg_stat_activity where datname = current_database()"
                + " and wait_event_type = 'Lock'";
        while (!ControlPlane.text(database, waiting).equals("1")) {
            Thread.onSpinWait();
        }
    }

    @Test
    void CF_06_another_node_sees_a_change_after_its_time_to_live_and_never_goes_back() {
        var store = ControlPlane.emptyStore(database);
        store.save(ControlPlane.tenant("acme", "acme"), TenantStore.NEW, List.of());
        var here = service(SqlTenantStore.of(database.as(Role.CONTROL)), Duration.ofSeconds(60));
        var unremembering = service(SqlTenantStore.of(database.as(Role.CONTROL)), Duration.ZERO);
        var remembering = new CachedTenantConfigProvider(store, Duration.ofHours(1));
        remembering.snapshot(ACME);

        here.setConfig(ACME, "theme", "dark");

        assertThat(here.getConfig(ACME, "theme")).hasValue("dark");
        assertThat(unremembering.getConfig(ACME, "theme")).hasValue("dark");
        assertThat(remembering.getConfig("acme", "theme"))
                .as("control: within the time to live and without news it is not seen")
                .isEmpty();
        remembering.invalidate(ACME);
        assertThat(remembering.getConfig("acme", "theme")).hasValue("dark");
        assertThat(remembering.snapshot(ACME).version()).isEqualTo(1);
    }

    @Test
    void CF_07_what_a_failure_of_the_database_says_holds_no_value() {
        var store = ControlPlane.emptyStore(database);
        database.execute(
                Role.CONTROL,
                "alter table tenancy.tenant_configs add constraint broken check (value::text not like '%s3cret%')");
        try {
            var update =
                    ConfigUpdate.of(ConfigChange.set("smtp_password", "s3cret").asSecret());

            assertThatThrownBy(() -> store.apply(ACME, update))
                    .isInstanceOf(TenantUnavailableException.class)
                    .satisfies(failure ->
                            assertThat(ControlPlane.everythingSaid(failure)).doesNotContain("s3cret"));
        } finally {
            database.execute(Role.CONTROL, "alter table tenancy.tenant_configs drop constraint broken");
        }
    }

    @Test
    void the_service_refuses_an_unknown_and_a_deleted_tenant_in_the_transaction_of_the_write() {
        var store = ControlPlane.emptyStore(database);
        var acme = store.save(ControlPlane.tenant("acme", "acme"), TenantStore.NEW, List.of());
        var service = service(store, Duration.ofSeconds(60));
        service.setConfig(ACME, "theme", "dark");

        store.save(acme.withStatus(TenantStatus.DELETED, null, Instant.EPOCH), 1, List.of());

        assertThatThrownBy(() -> service.setConfig(ACME, "theme", "light")).isInstanceOf(TenantNotFoundException.class);
        assertThatThrownBy(() -> service.getConfig(ACME, "theme")).isInstanceOf(TenantNotFoundException.class);
        assertThatThrownBy(() -> service.setConfig("nobody", "theme", "light"))
                .isInstanceOf(TenantNotFoundException.class);
        assertThat(storedEvents(store)).hasSize(1);
    }

    private static TenantConfigService service(SqlTenantStore store, Duration ttl) {
        return TenantConfigService.of(store, store, OverridesConfig.DEFAULTS.withCacheTtl(ttl), ConfigCatalog.EMPTY);
    }
}
