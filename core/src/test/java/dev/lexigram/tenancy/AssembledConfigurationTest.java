package dev.lexigram.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.isolation.DeprovisionPolicy;
import dev.lexigram.tenancy.isolation.ErasedResource;
import dev.lexigram.tenancy.lifecycle.CreateTenantCommand;
import dev.lexigram.tenancy.overrides.CachedTenantConfigProvider;
import dev.lexigram.tenancy.overrides.ConfigCatalog;
import dev.lexigram.tenancy.stores.InMemoryTenantStore;
import dev.lexigram.tenancy.stores.LifecycleJournal;
import dev.lexigram.tenancy.stores.TenantDeletions;
import dev.lexigram.tenancy.stores.TenantPage;
import dev.lexigram.tenancy.stores.TenantQuery;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantEvent;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantNotFoundException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where the assembled library keeps the configuration of tenants. */
class AssembledConfigurationTest {

    @Test
    void per_tenant_configuration_is_kept_with_the_tenants_and_forgotten_with_their_changes() {
        var catalog = ConfigCatalog.EMPTY.withDefault("theme", "light");
        try (var tenancy = Tenancy.builder()
                .config(Tenancy.stub().config())
                .store(new InMemoryTenantStore())
                .configCatalog(catalog)
                .build()) {
            tenancy.tenants().createTenant(command("acme").withId(TenantId.of("acme")));
            var configs = tenancy.configs();

            configs.setConfig("acme", "max_users", "100");

            assertThat(configs.getConfig("acme", "max_users", "10")).isEqualTo("100");
            assertThat(configs.getConfig("acme", "theme")).hasValue("light");
            assertThatThrownBy(() -> configs.setConfig("nobody", "max_users", 1))
                    .isInstanceOf(TenantNotFoundException.class);
        }
    }

    @Test
    void a_store_that_keeps_no_configuration_needs_a_provider_beside_it() {
        var tenants = new InMemoryTenantStore();
        var elsewhere = new InMemoryTenantStore();
        var builder = Tenancy.builder().config(Tenancy.stub().config()).store(new TenantsOnly(tenants));
        assertThatThrownBy(() -> builder.build().configs())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("configProvider(..)");

        try (var tenancy = builder.configProvider(elsewhere).build()) {
            tenancy.tenants().createTenant(command("acme").withId(TenantId.of("acme")));
            tenancy.configs().setConfig("acme", "theme", "dark");

            assertThat(tenancy.configs().getConfig("acme", "theme")).hasValue("dark");
            assertThatThrownBy(() -> tenancy.configs().setConfig("nobody", "theme", "dark"))
                    .isInstanceOf(TenantNotFoundException.class);
        }

        assertThat(elsewhere.getConfig("acme", "theme")).hasValue("dark");
        assertThat(tenants.getConfig("acme", "theme")).isEmpty();
        var remembering = new CachedTenantConfigProvider(elsewhere, Duration.ofSeconds(60));
        assertThatThrownBy(() -> builder.configProvider(remembering).build())
                .isInstanceOf(TenancyConfigurationException.class)
                .hasMessageContaining("by itself");
    }

    @Test
    void O_2_configuration_that_is_kept_elsewhere_goes_with_the_tenant() {
        var elsewhere = new InMemoryTenantStore();
        var acme = TenantId.of("acme");
        try (var tenancy = Tenancy.builder()
                .config(Tenancy.stub().config())
                .store(new InMemoryTenantStore())
                .configProvider(elsewhere)
                .build()) {
            tenancy.tenants().createTenant(command("acme").withId(acme));
            tenancy.configs().setConfig("acme", "owner", "Ada");

            tenancy.tenants().deleteTenant(acme, DeprovisionPolicy.KEEP);
            assertThat(elsewhere.getConfig("acme", "owner")).hasValue("Ada");
            var report = tenancy.tenants().purgeBeforeGrace(acme, "asked for");

            assertThat(report.resources()).contains(new ErasedResource("configuration", 1, 1, 0));
            assertThat(elsewhere.getConfig("acme", "owner")).isEmpty();
        }
    }

    private record TenantsOnly(TenantStore store) implements TenantStore {

        @Override
        public Optional<Tenant> findById(TenantId id) {
            return store.findById(id);
        }

        @Override
        public Optional<Tenant> findByName(String name) {
            return store.findByName(name);
        }

        @Override
        public TenantPage page(TenantQuery query) {
            return store.page(query);
        }

        @Override
        public Tenant save(Tenant tenant, long expectedVersion, List<TenantEvent> events) {
            return store.save(tenant, expectedVersion, events);
        }

        @Override
        public Optional<LifecycleJournal> journal() {
            return store.journal();
        }

        @Override
        public Optional<TenantDeletions> deletions() {
            return store.deletions();
        }
    }

    private static CreateTenantCommand command(String slug) {
        return new CreateTenantCommand(slug, slug);
    }
}
