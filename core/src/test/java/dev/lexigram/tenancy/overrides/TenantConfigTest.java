package dev.lexigram.tenancy.overrides;

import static dev.lexigram.tenancy.overrides.Desk.GLOBEX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.tenant.TenantRequiredException;
import org.junit.jupiter.api.Test;

class TenantConfigTest {

    private static final ConfigKey<Integer> MAX_USERS = ConfigKey.integer("max_users", 10);

    @Test
    void the_current_tenants_configuration_needs_a_current_tenant() {
        var store = Desk.store();
        var catalog = ConfigCatalog.EMPTY.withKeys(MAX_USERS).withDefault("theme", "light");
        var current = new TenantConfig(Desk.service(store, catalog));
        var globex = store.findById(GLOBEX).orElseThrow();

        assertThat(TenantContext.callAs(globex, () -> current.get("theme"))).hasValue("light");
        assertThat(TenantContext.callAs(globex, () -> current.get("unknown", "10")))
                .isEqualTo("10");
        assertThat(TenantContext.callAs(globex, () -> current.get(MAX_USERS))).isEqualTo(10);
        assertThat(TenantContext.callAs(globex, () -> current.get("max_users", int.class)))
                .hasValue(10);
        assertThatThrownBy(() -> current.get("theme")).isInstanceOf(TenantRequiredException.class);
        assertThatThrownBy(() -> current.get("theme", "x")).isInstanceOf(TenantRequiredException.class);
        assertThatThrownBy(() -> current.get(MAX_USERS)).isInstanceOf(TenantRequiredException.class);
    }
}
