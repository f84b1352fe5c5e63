package dev.lexigram.tenancy.howto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.Tenancy;
import dev.lexigram.tenancy.enforcement.InMemoryMembership;
import dev.lexigram.tenancy.lifecycle.CreateTenantCommand;
import dev.lexigram.tenancy.overrides.CachedTenantConfigProvider;
import dev.lexigram.tenancy.overrides.ConfigCatalog;
import dev.lexigram.tenancy.overrides.ConfigKey;
import dev.lexigram.tenancy.overrides.TenantConfigService;
import dev.lexigram.tenancy.stores.InMemoryTenantStore;
import dev.lexigram.tenancy.tenant.TenantConfigChanged;
import dev.lexigram.tenancy.tenant.TenantConfigException;
import dev.lexigram.tenancy.tenant.TenantConflictException;
import dev.lexigram.tenancy.tenant.TenantEvent;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantNotFoundException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigHowtoTest {

    private final InMemoryTenantStore store = new InMemoryTenantStore();
    private final InMemoryMembership members = new InMemoryMembership();

    @Test
    void an_override_is_read_until_it_is_unset_and_is_told_once() {
        try (var tenancy = Tenancy.builder().store(store).membership(members).build()) {
            create(tenancy, "tenant-abc", "gold");

            // tag::override[]
            TenantConfigService configs = tenancy.configs();
            configs.setConfig("tenant-abc", "max_users", "100");
            String value = configs.getConfig("tenant-abc", "max_users", "10");
            // end::override[]

            assertThat(value).isEqualTo("100");
            assertThat(changes())
                    .singleElement()
                    .extracting(TenantConfigChanged::newValue)
                    .isEqualTo("100");
            configs.unsetConfig("tenant-abc", "max_users");
            assertThat(configs.getConfig("tenant-abc", "max_users", "10")).isEqualTo("10");
            assertThatThrownBy(() -> configs.setConfig("nobody", "max_users", "100"))
                    .isInstanceOf(TenantNotFoundException.class);
        }
    }

    @Test
    void whoever_writes_through_the_memory_reads_what_was_written() {
        // tag::cached[]
        var cached = new CachedTenantConfigProvider(new InMemoryTenantStore(), Duration.ofSeconds(60));
        cached.setConfig("tenant-abc", "feature_x", "enabled");
        Optional<String> value = cached.getConfig("tenant-abc", "feature_x");
        cached.setConfig("tenant-abc", "feature_x", "disabled");
        // end::cached[]

        assertThat(value).hasValue("enabled");
        assertThat(cached.getConfig("tenant-abc", "feature_x")).hasValue("disabled");
    }

    // tag::keys[]
    static final ConfigKey<Integer> MAX_USERS =
            ConfigKey.integer("max_users", 10).withCheck(number -> number > 0, "a whole number above 0");
    static final ConfigKey<String> SMTP_PASSWORD =
            ConfigKey.text("smtp_password", "").asSecret();
    static final ConfigKey<String> ISSUER =
            ConfigKey.text("issuer", "https://id.example.com").forOperators();
    // end::keys[]

    @Test
    void a_key_has_a_type_and_each_plan_its_defaults() {
        // tag::catalog[]
        ConfigCatalog catalog = ConfigCatalog.EMPTY
                .withKeys(MAX_USERS, SMTP_PASSWORD, ISSUER)
                .withPlan("gold", Map.of("max_users", 1000));
        Tenancy tenancy = Tenancy.builder()
                .store(store)
                .membership(members)
                .configCatalog(catalog)
                .build();
        // end::catalog[]
        var configs = tenancy.configs();
        create(tenancy, "rich", "gold");
        create(tenancy, "poor", "basic");

        assertThat(configs.getConfig("rich", MAX_USERS)).isEqualTo(1000);
        assertThat(configs.getConfig("poor", MAX_USERS)).isEqualTo(10);
        assertThatThrownBy(() -> configs.setConfig("poor", "max_users", "many"))
                .isInstanceOf(TenantConfigException.class);
        configs.setConfig("poor", "smtp_password", "s3cret");
        assertThat(changes().toString()).doesNotContain("s3cret");
        assertThatThrownBy(() -> configs.setConfig("poor", "issuer", "https://evil.example.com"))
                .isInstanceOf(TenantConfigException.class);
        configs.asOperator("root").setConfig("poor", "issuer", "https://id.poor.example.com");
        tenancy.close();
    }

    @Test
    void of_two_who_change_the_same_value_one_is_told() {
        try (var tenancy = Tenancy.builder().store(store).membership(members).build()) {
            create(tenancy, "tenant-abc", "gold");
            var configs = tenancy.configs();
            configs.setConfig("tenant-abc", "seats", 7);

            // tag::compare[]
            var now = configs.getEffectiveConfig("tenant-abc");
            int seats = now.get(ConfigKey.integer("seats", 0));
            configs.compareAndSet("tenant-abc", "seats", now.versionOf("seats"), seats + 1);
            // end::compare[]

            assertThat(configs.getConfig("tenant-abc", "seats")).hasValue("8");
            assertThatThrownBy(() -> configs.compareAndSet("tenant-abc", "seats", now.versionOf("seats"), seats + 1))
                    .isInstanceOf(TenantConflictException.class);
        }
    }

    private List<TenantConfigChanged> changes() {
        return store.events().stream()
                .filter(TenantConfigChanged.class::isInstance)
                .map((TenantEvent event) -> (TenantConfigChanged) event)
                .toList();
    }

    private static void create(Tenancy tenancy, String id, String plan) {
        tenancy.tenants()
                .createTenant(
                        new CreateTenantCommand(id, id).withId(TenantId.of(id)).withPlan(plan));
    }
}
