package dev.lexigram.tenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.lifecycle.CreateTenantCommand;
import dev.lexigram.tenancy.lifecycle.TenantProvider;
import dev.lexigram.tenancy.overrides.TenantConfig;
import dev.lexigram.tenancy.overrides.TenantConfigService;
import dev.lexigram.tenancy.stores.ConfigSnapshot;
import dev.lexigram.tenancy.stores.ConfigUpdate;
import dev.lexigram.tenancy.stores.InMemoryTenantStore;
import dev.lexigram.tenancy.stores.TenantConfigProvider;
import dev.lexigram.tenancy.stores.TenantPage;
import dev.lexigram.tenancy.stores.TenantQuery;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantEvent;
import dev.lexigram.tenancy.tenant.TenantId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Where an application without a web server and without a database keeps per-tenant configuration. */
class OwnConfigProviderTest {

    private final InMemoryTenantStore store = new InMemoryTenantStore();
    private final InMemoryTenantStore elsewhere = new InMemoryTenantStore();
    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(TenancyAutoConfiguration.class))
            .withPropertyValues("tenancy.resolution.resolvers=header", "tenancy.resolution.strict_membership=false");

    @Test
    void a_store_that_keeps_configuration_is_the_provider() {
        application.withBean(TenantStore.class, () -> store).run(context -> {
            context.getBean(TenantProvider.class)
                    .createTenant(new CreateTenantCommand("acme", "Acme").withId(TenantId.of("acme")));

            context.getBean(TenantConfigService.class).setConfig("acme", "theme", "dark");

            assertThat(store.getConfig("acme", "theme")).hasValue("dark");
            assertThat(context).hasSingleBean(TenantConfig.class);
        });
    }

    @Test
    void a_store_that_keeps_none_does_not_stop_the_start_but_whoever_asks_for_it_is_told() {
        application.withBean(TenantStore.class, () -> new TenantsOnly(store)).run(context -> {
            assertThat(context).hasNotFailed();
            assertThatThrownBy(() -> context.getBean(TenantConfigService.class))
                    .hasStackTraceContaining("configProvider(..)");
        });
    }

    @Test
    void a_provider_beside_the_store_takes_its_place() {
        application
                .withBean(TenantStore.class, () -> store)
                .withBean("elsewhere", TenantConfigProvider.class, () -> new ConfigOnly(elsewhere))
                .run(context -> {
                    context.getBean(TenantProvider.class)
                            .createTenant(new CreateTenantCommand("acme", "Acme").withId(TenantId.of("acme")));

                    context.getBean(TenantConfigService.class).setConfig("acme", "theme", "dark");

                    assertThat(elsewhere.getConfig("acme", "theme")).hasValue("dark");
                    assertThat(store.getConfig("acme", "theme")).isEmpty();
                });
    }

    @Test
    void two_of_them_stop_the_start() {
        application
                .withBean(TenantStore.class, () -> store)
                .withBean("one", TenantConfigProvider.class, () -> new ConfigOnly(elsewhere))
                .withBean("other", TenantConfigProvider.class, () -> new ConfigOnly(elsewhere))
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("2 beans that are a TenantConfigProvider besides the store"));
    }

    private record ConfigOnly(TenantConfigProvider provider) implements TenantConfigProvider {

        @Override
        public ConfigSnapshot snapshot(TenantId tenant) {
            return provider.snapshot(tenant);
        }

        @Override
        public ConfigSnapshot apply(TenantId tenant, ConfigUpdate update) {
            return provider.apply(tenant, update);
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
    }
}
