package dev.lexigram.tenancy.overrides;

import static dev.lexigram.tenancy.overrides.Desk.ACME;
import static dev.lexigram.tenancy.overrides.Desk.GLOBEX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.stores.ConfigChange;
import dev.lexigram.tenancy.stores.ConfigUpdate;
import dev.lexigram.tenancy.stores.InMemoryTenantStore;
import dev.lexigram.tenancy.stores.TenantConfigProvider;
import dev.lexigram.tenancy.tenant.InvalidTenantException;
import dev.lexigram.tenancy.tenant.TenantConfigChanged;
import dev.lexigram.tenancy.tenant.TenantConfigException;
import dev.lexigram.tenancy.tenant.TenantConflictException;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantNotFoundException;
import dev.lexigram.tenancy.tenant.TenantStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantConfigServiceTest {

    private static final ConfigKey<Integer> MAX_USERS =
            ConfigKey.integer("max_users", 10).withCheck(number -> number > 0, "a whole number above 0");
    private static final ConfigKey<String> PASSWORD =
            ConfigKey.text("smtp_password", "").asSecret();
    private static final ConfigKey<String> ISSUER =
            ConfigKey.text("issuer", "https://idp").forOperators();
    private static final ConfigCatalog CATALOG = ConfigCatalog.EMPTY
            .withKeys(MAX_USERS, PASSWORD, ISSUER)
            .withDefault("theme", "light")
            .withPlan("gold", Map.of("max_users", 1000, "theme", "golden"));

    private final InMemoryTenantStore store = Desk.store();
    private final TenantConfigService configs = Desk.service(store, CATALOG);

    @Test
    void K_1_an_override_beats_the_plan_which_beats_the_application_which_beats_the_call() {
        assertThat(configs.getConfig("globex", "theme", "fallback")).isEqualTo("light");
        assertThat(configs.getConfig("acme", "theme", "fallback")).isEqualTo("golden");
        assertThat(configs.getConfig("acme", "unknown", "fallback")).isEqualTo("fallback");
        assertThat(configs.getConfig("acme", "unknown")).isEmpty();

        configs.setConfig("acme", "theme", "dark");
        assertThat(configs.getConfig("acme", "theme", "fallback")).isEqualTo("dark");
        assertThat(configs.getConfig("globex", "theme")).hasValue("light");

        configs.unsetConfig("acme", "theme");
        assertThat(configs.getConfig("acme", "theme")).hasValue("golden");
    }

    @Test
    void K_1_a_typed_read_follows_the_same_order() {
        assertThat(configs.getConfig(GLOBEX, MAX_USERS)).isEqualTo(10);
        assertThat(configs.getConfig(ACME, MAX_USERS)).isEqualTo(1000);

        configs.setConfig(ACME, MAX_USERS, 7);
        assertThat(configs.getConfig("acme", MAX_USERS)).isEqualTo(7);
        assertThat(configs.getConfig("acme", "max_users")).hasValue("7");
        assertThat(configs.getConfig(ACME, ConfigKey.integer("not_registered", 3)))
                .isEqualTo(3);
    }

    @Test
    void one_read_as_two_types_gives_each_its_own() {
        configs.setConfig("acme", "number", "5");

        for (var round = 0; round < 2; round++) {
            assertThat(configs.getConfig(ACME, ConfigKey.integer("number", 0))).isEqualTo(5);
            assertThat(configs.getConfig(ACME, ConfigKey.text("number", ""))).isEqualTo("5");
            assertThat(configs.getConfig(ACME, ConfigKey.duration("number", Duration.ZERO)))
                    .isEqualTo(Duration.ofSeconds(5));
        }
    }

    @Test
    void K_2_false_zero_and_empty_text_are_values_and_null_is_refused() {
        configs.setConfigs("acme", Map.of("no", false, "zero", 0, "empty", ""));

        assertThat(configs.getConfig("acme", "no", "x")).isEqualTo("false");
        assertThat(configs.getConfig("acme", "zero", "x")).isEqualTo("0");
        assertThat(configs.getConfig("acme", "empty", "x")).isEmpty();
        assertThatThrownBy(() -> configs.setConfig("acme", "no", null)).isInstanceOf(TenantConfigException.class);
    }

    @Test
    void K_2_single_reads_and_the_effective_map_agree() {
        configs.setConfigs("acme", Map.of("theme", "dark", "list", List.of(1, 2), "empty", ""));

        var effective = configs.getEffectiveConfig("acme");

        assertThat(effective.keys())
                .containsExactlyInAnyOrder("theme", "list", "empty", "max_users", "smtp_password", "issuer");
        assertThat(effective.keys())
                .allSatisfy(key -> assertThat(effective.get(key)).isEqualTo(configs.getConfig("acme", key)));
        assertThat(effective.shown()).containsEntry("list", "[1,2]").containsEntry("max_users", "1000");
        assertThat(configs.getEffectiveConfig("globex").keys()).doesNotContain("list");
    }

    @Test
    void CF_02_what_does_not_fit_is_refused_at_write_and_nothing_is_stored() {
        for (var misfit : List.<Object>of("many", 0, 1.5, true, "99999999999", "NaN")) {
            assertThatThrownBy(() -> configs.setConfig("acme", "max_users", misfit))
                    .isInstanceOf(TenantConfigException.class);
            assertThatThrownBy(() -> configs.setConfigs("acme", Map.of("theme", "dark", "max_users", misfit)))
                    .isInstanceOf(TenantConfigException.class);
        }

        assertThat(configs.getConfig(ACME, MAX_USERS)).isEqualTo(1000);
        assertThat(store.events()).isEmpty();
    }

    @Test
    void CF_02_what_a_provider_stored_all_the_same_is_an_error_at_read_and_no_silent_default() {
        store.setConfig("acme", "max_users", "many"); // control: past the service it is stored

        assertThatThrownBy(() -> configs.getConfig(ACME, MAX_USERS)).isInstanceOf(TenantConfigException.class);
        assertThat(configs.getConfig("acme", "max_users")).hasValue("many");
        assertThat(configs.getConfig(GLOBEX, MAX_USERS)).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tier", "TIER", "tenancy.isolation.strategy", "Tenancy.x", "tenancy", "issuer"})
    void CF_04_a_tenant_cannot_override_what_is_for_operators(String key) {
        List<Consumer<TenantConfigService>> attacks = List.of(
                service -> service.setConfig("acme", key, "mine"),
                service -> service.setConfigs("acme", Map.of("theme", "dark", key, "mine")),
                service -> service.compareAndSet("acme", key, TenantConfigProvider.UNSET, "mine"),
                service -> service.by("ann").setConfig("acme", key, "mine"));
        for (var attack : attacks) {
            assertThatThrownBy(() -> attack.accept(configs))
                    .isInstanceOf(TenantConfigException.class)
                    .hasMessageContaining("asOperator");
        }
        assertThat(store.events()).isEmpty();

        configs.asOperator("root").setConfig("acme", key, "theirs");

        assertThat(configs.getConfig("acme", key)).hasValue("theirs");
        assertThatThrownBy(() -> configs.unsetConfig("acme", key)).isInstanceOf(TenantConfigException.class);
        assertThat(configs.getConfig("acme", key)).hasValue("theirs");
    }

    @Test
    void CF_04_control_a_key_that_is_for_nobody_in_particular_is_overridden() {
        configs.setConfig("acme", "tiers", "mine");
        configs.setConfig("acme", "tenancy_x", "mine");

        assertThat(configs.getConfig("acme", "tiers")).hasValue("mine");
        assertThat(store.events()).hasSize(2);
    }

    @Test
    void CF_07_a_secret_is_masked_wherever_it_is_shown_and_readable_by_whoever_asks_for_it() {
        configs.setConfig("acme", "smtp_password", "s3cret");
        configs.setConfig(ACME, PASSWORD, "s3cret2");
        configs.setConfig("acme", "theme", "s3cret3");

        var effective = configs.getEffectiveConfig(ACME);

        assertThat(configs.getConfig(ACME, PASSWORD)).isEqualTo("s3cret2");
        assertThat(effective.shown()).containsEntry("smtp_password", TenantConfigChanged.MASK);
        assertThat(effective.toString() + configs.catalog() + store.snapshot(ACME))
                .doesNotContain("s3cret2");
        assertThat(Desk.changes(store).toString()).doesNotContain("s3cret2", "s3cret,");
        assertThat(effective.toString() + Desk.changes(store)).contains("s3cret3"); // control: an open value is shown
    }

    @Test
    void K_7_events_name_the_actor_and_come_only_with_a_change() {
        configs.by("ann").setConfig("acme", "theme", "dark");
        configs.asOperator("root").setConfig("acme", "tier", "gold");
        configs.setConfig("acme", "theme", "dark");

        assertThat(Desk.changes(store))
                .extracting(TenantConfigChanged::actor, TenantConfigChanged::key, TenantConfigChanged::newValue)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("ann", "theme", "dark"),
                        org.assertj.core.groups.Tuple.tuple("root", "tier", "gold"));
    }

    @Test
    void K_6_compare_and_set_takes_the_version_that_a_read_gives() {
        var absent = configs.getEffectiveConfig(ACME).versionOf("theme"); // only the plan says something
        var first = configs.compareAndSet("acme", "theme", absent, "dark");

        assertThat(absent).isEqualTo(TenantConfigProvider.UNSET);
        assertThat(configs.getEffectiveConfig(ACME).versionOf("theme")).isEqualTo(first);
        assertThatThrownBy(() -> configs.compareAndSet("acme", "theme", absent, "light"))
                .isInstanceOf(TenantConflictException.class);
        assertThat(configs.compareAndSet(ACME, "theme", first, "light")).isGreaterThan(first);
        assertThat(configs.getConfig("acme", "theme")).hasValue("light");
    }

    @Test
    void K_6_who_lost_reads_what_won_although_it_was_written_elsewhere() {
        configs.getEffectiveConfig(ACME);
        store.setConfig("acme", "theme", "elsewhere");
        assertThat(configs.getConfig("acme", "theme")).hasValue("golden"); // control: it is remembered

        assertThatThrownBy(() -> configs.compareAndSet(ACME, "theme", TenantConfigProvider.UNSET, "mine"))
                .isInstanceOf(TenantConflictException.class);

        assertThat(configs.getConfig("acme", "theme")).hasValue("elsewhere");
    }

    @Test
    void an_unknown_a_deleted_and_a_malformed_tenant_are_told_apart() {
        store.save(Desk.tenant(ACME, "gold", TenantStatus.DELETED), 1, List.of());

        for (var nobody : List.of("acme", "nobody")) {
            assertThatThrownBy(() -> configs.getConfig(nobody, "theme", "x"))
                    .isInstanceOf(TenantNotFoundException.class);
            assertThatThrownBy(() -> configs.setConfig(nobody, "theme", "x"))
                    .isInstanceOf(TenantNotFoundException.class);
            assertThatThrownBy(() -> configs.getEffectiveConfig(nobody)).isInstanceOf(TenantNotFoundException.class);
            assertThatThrownBy(() -> configs.getConfig(TenantId.of(nobody), MAX_USERS))
                    .isInstanceOf(TenantNotFoundException.class);
        }
        assertThatThrownBy(() -> configs.getConfig("../acme", "theme")).isInstanceOf(InvalidTenantException.class);
        assertThatThrownBy(() -> configs.setConfig("../acme", "theme", 1)).isInstanceOf(InvalidTenantException.class);
        assertThatThrownBy(() -> configs.getConfig("globex", "no key")).isInstanceOf(TenantConfigException.class);
    }

    @Test
    void a_tenant_that_was_unknown_is_known_at_once_when_it_is_created() {
        assertThatThrownBy(() -> configs.getConfig("newco", "theme")).isInstanceOf(TenantNotFoundException.class);

        store.save(Desk.tenant(TenantId.of("newco"), "gold", TenantStatus.ACTIVE), 0, List.of());

        assertThat(configs.getConfig("newco", "theme")).hasValue("golden");
    }

    @Test
    void another_plan_holds_once_the_tenant_is_forgotten() {
        assertThat(configs.getConfig("acme", "theme")).hasValue("golden");

        store.save(Desk.tenant(ACME, "basic", TenantStatus.ACTIVE), 1, List.of());
        configs.invalidate(ACME);

        assertThat(configs.getConfig("acme", "theme")).hasValue("light");
    }

    @Test
    void K_5_limits_are_those_of_the_configuration() {
        var small = TenantConfigService.of(
                store, store, OverridesConfig.DEFAULTS.withMaxKeys(1).withMaxValueBytes(10), ConfigCatalog.EMPTY);
        small.setConfig("acme", "a", "12345678");

        assertThatThrownBy(() -> small.setConfig("acme", "a", "123456789")).isInstanceOf(TenantConfigException.class);
        assertThatThrownBy(() -> small.setConfig("acme", "b", 1)).isInstanceOf(TenantConfigException.class);
        assertThatCode(() -> configs.setConfig("acme", "b", "123456789")).doesNotThrowAnyException();
    }

    @Test
    void CF_01_the_257th_key_is_refused() {
        var update = new ConfigChange[256];
        for (var number = 0; number < update.length; number++) {
            update[number] = ConfigChange.set("k" + number, number);
        }
        store.apply(ACME, ConfigUpdate.of(update));

        assertThatThrownBy(() -> configs.setConfig("acme", "one_more", 1))
                .isInstanceOf(TenantConfigException.class)
                .hasMessageContaining("257 keys");
        configs.setConfig("acme", "k0", "changed");
    }

    @Test
    void a_provider_that_remembers_is_not_put_under_a_service_that_does() {
        var remembering = new CachedTenantConfigProvider(store, Duration.ofSeconds(60));

        assertThatThrownBy(
                        () -> TenantConfigService.of(store, remembering, OverridesConfig.DEFAULTS, ConfigCatalog.EMPTY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("by itself");
    }
}
