package dev.lexigram.tenancy.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.stores.ConfigChange;
import dev.lexigram.tenancy.stores.ConfigSnapshot;
import dev.lexigram.tenancy.stores.ConfigUpdate;
import dev.lexigram.tenancy.stores.ConfigValue;
import dev.lexigram.tenancy.stores.TenantConfigProvider;
import dev.lexigram.tenancy.tenant.InvalidTenantException;
import dev.lexigram.tenancy.tenant.TenantConfigException;
import dev.lexigram.tenancy.tenant.TenantNotFoundException;
import dev.lexigram.tenancy.tenant.TenantStatus;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What every {@link TenantConfigProvider} must do. A provider is tested by a class that implements this interface and
 * says how to get an empty one, the tenants that it keeps configuration for, and the events in it.
 */
public interface TenantConfigProviderContract extends TenantConfigChangeContract {

    @Test
    default void a_value_comes_back_as_it_was_set_and_its_text_is_that_of_the_scalar() {
        var provider = emptyProvider();
        Map<String, Object> nested = Map.of("b", List.of(1, "two", List.of()), "a", Map.of("deep", false));
        var values = Map.<String, Object>of(
                "text",
                "Z\u00fcrich \" \\ ' ; -- \u6f22 \uD83D\uDE00\n\t\u0001",
                "empty",
                "",
                "no",
                false,
                "zero",
                0,
                "whole",
                9_000_000_000L,
                "huge",
                new BigInteger("123456789012345678901234567890"),
                "decimal",
                new BigDecimal("10.50"),
                "double",
                0.1,
                "large",
                1e22,
                "nested",
                nested);

        provider.setConfigs("acme", values);

        values.forEach((key, value) -> assertThat(provider.snapshot(ACME).entry(key))
                .as(key)
                .get()
                .extracting(entry -> entry.value())
                .isEqualTo(ConfigValue.of(value)));
        assertThat(provider.getConfig("acme", "text")).hasValue((String) values.get("text"));
        assertThat(provider.getConfig("acme", "empty")).hasValue("");
        assertThat(provider.getConfig("acme", "no")).hasValue("false");
        assertThat(provider.getConfig("acme", "zero")).hasValue("0");
        assertThat(provider.getConfig("acme", "decimal")).hasValue("10.50");
        assertThat(provider.getConfig("acme", "large")).hasValue("10000000000000000000000");
        assertThat(provider.getConfig("acme", "nested")).hasValue("{\"a\":{\"deep\":false},\"b\":[1,\"two\",[]]}");
    }

    @Test
    default void what_is_not_set_and_whose_tenant_is_not_known_is_empty() {
        var provider = emptyProvider();

        assertThat(provider.getConfig("acme", "theme")).isEmpty();
        assertThat(provider.snapshot(ACME)).isEqualTo(ConfigSnapshot.EMPTY);
    }

    @Test
    default void one_tenants_value_is_not_read_for_another() {
        var provider = emptyProvider();

        provider.setConfig("acme", "theme", "dark");
        provider.setConfig("ACME", "theme", "light");
        provider.unsetConfig("globex", "theme");

        assertThat(provider.getConfig("acme", "theme")).hasValue("dark");
        assertThat(provider.getConfig("ACME", "theme")).hasValue("light");
        assertThat(provider.getConfig("globex", "theme")).isEmpty();
        assertThat(provider.snapshot(ACME).entries()).hasSize(1);
    }

    @Test
    default void nothing_that_it_gives_out_can_be_changed() {
        var provider = emptyProvider();
        provider.setConfig("acme", "list", List.of(1));
        var snapshot = provider.snapshot(ACME);

        assertThatThrownBy(() -> snapshot.entries().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() ->
                        ((List<?>) snapshot.entry("list").orElseThrow().value().value()).clear())
                .isInstanceOf(UnsupportedOperationException.class);
        provider.setConfig("acme", "list", List.of(1, 2));
        assertThat(snapshot.entry("list").orElseThrow().value().text()).isEqualTo("[1]");
    }

    @Test
    default void K_8_configuration_is_kept_before_its_tenant_is_there_but_not_where_that_is_excluded() {
        var provider = emptyProvider();
        var update = ConfigUpdate.of(ConfigChange.set("theme", "light"));

        provider.setConfig("acme", "theme", "dark");

        assertThat(provider.getConfig("acme", "theme")).hasValue("dark");
        assertThatThrownBy(() -> provider.apply(ACME, forKnownTenant(update)))
                .isInstanceOf(TenantNotFoundException.class);
        assertThat(provider.getConfig("acme", "theme")).hasValue("dark");
        TenantStoreFixture.create(tenantsOf(provider), "acme", "acme");
        provider.apply(ACME, forKnownTenant(update));
        assertThat(provider.getConfig("acme", "theme")).hasValue("light");
    }

    @Test
    default void K_8_a_deleted_tenant_gets_no_configuration() {
        var provider = emptyProvider();
        var acme = TenantStoreFixture.create(tenantsOf(provider), "acme", "acme");
        provider.setConfig("acme", "theme", "dark");

        tenantsOf(provider).save(TenantStoreFixture.moved(acme, TenantStatus.DELETED), 1, List.of());

        assertThatThrownBy(() -> provider.setConfig("acme", "theme", "light"))
                .isInstanceOf(TenantNotFoundException.class);
        assertThat(storedEvents(provider)).hasSize(1);
    }

    @Test
    default void text_that_is_no_tenant_or_no_key_is_refused_before_anything_else() {
        var provider = emptyProvider();

        for (var hostile : List.of("", "../acme", "acme'; drop table tenancy.tenant_configs; --", "a\u0000b")) {
            assertThatThrownBy(() -> provider.setConfig(hostile, "k", 1)).isInstanceOf(InvalidTenantException.class);
            assertThatThrownBy(() -> provider.getConfig(hostile, "k")).isInstanceOf(InvalidTenantException.class);
            assertThatThrownBy(() -> provider.setConfig("acme", hostile, 1)).isInstanceOf(TenantConfigException.class);
            assertThatThrownBy(() -> provider.getConfig("acme", hostile)).isInstanceOf(TenantConfigException.class);
        }
        assertThatThrownBy(() -> provider.setConfig("acme", "k".repeat(129), 1))
                .isInstanceOf(TenantConfigException.class);
        provider.setConfig("acme", "k".repeat(128), 1);
        assertThat(provider.snapshot(ACME).entries()).hasSize(1);
    }

    /** The same update, for a tenant that must exist. */
    private static ConfigUpdate forKnownTenant(ConfigUpdate update) {
        return new ConfigUpdate(update.changes(), update.limits(), true, update.at(), update.actor());
    }
}
