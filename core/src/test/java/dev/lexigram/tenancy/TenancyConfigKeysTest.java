package dev.lexigram.tenancy;

import static dev.lexigram.tenancy.Sections.nested;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.enforcement.MembershipSource;
import dev.lexigram.tenancy.isolation.AuditMode;
import dev.lexigram.tenancy.resolution.ConflictRule;
import dev.lexigram.tenancy.resolution.RequireMode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** CF-1: every key takes effect, and nothing else than what it says. */
class TenancyConfigKeysTest {

    private static final Map<String, String> NO_VARIABLES = Map.of();

    /** Every key, a value that is not its default, and what the configuration then says. */
    static Stream<Arguments> every_key() {
        return Stream.of(
                key("enabled", "off", false, TenancyConfig::enabled),
                key("web.filter_order", "-5", -5, config -> config.web().filterOrder()),
                key(
                        "resolution.resolvers",
                        "header, path",
                        List.of("header", "path"),
                        config -> config.resolution().resolvers().orElseThrow()),
                key(
                        "resolution.header_name",
                        "x-org",
                        "x-org",
                        config -> config.resolution().headerName()),
                key(
                        "resolution.jwt_claim_key",
                        "/org/id",
                        "/org/id",
                        config -> config.resolution().jwtClaimKey()),
                key(
                        "resolution.subdomain_pattern",
                        "app.com",
                        "app.com",
                        config -> config.resolution().subdomain().pattern().orElseThrow()),
                key(
                        "resolution.subdomain_max_labels",
                        "2",
                        2,
                        config -> config.resolution().subdomain().maxLabels()),
                key(
                        "resolution.subdomain_reserved",
                        "www",
                        List.of("www"),
                        config -> config.resolution().subdomain().reserved()),
                key(
                        "resolution.subdomain_idn",
                        "yes",
                        true,
                        config -> config.resolution().subdomain().idn()),
                key(
                        "resolution.path_pattern",
                        "/t/{tenant_id}",
                        "/t/{tenant_id}",
                        config -> config.resolution().pathPattern().orElseThrow()),
                key(
                        "resolution.trusted_resolvers",
                        "header",
                        List.of("header"),
                        config -> config.resolution().trust().trustedResolvers()),
                key(
                        "resolution.strict_membership",
                        "0",
                        false,
                        config -> config.resolution().trust().strictMembership()),
                key(
                        "resolution.on_conflict",
                        "verified_wins",
                        ConflictRule.VERIFIED_WINS,
                        config -> config.resolution().trust().onConflict()),
                key(
                        "resolution.issuers",
                        "{\"https://idp\": [\"acme\"]}",
                        Map.of("https://idp", List.of("acme")),
                        config -> config.resolution().trust().issuers()),
                key(
                        "resolution.trusted_proxies",
                        "10.0.0.0/8",
                        List.of("10.0.0.0/8"),
                        config -> config.resolution().trust().trustedProxies()),
                key(
                        "resolution.forwarded_hops",
                        "3",
                        3,
                        config -> config.resolution().trust().forwardedHops()),
                key(
                        "resolution.require",
                        "always",
                        RequireMode.ALWAYS,
                        config -> config.resolution().routes().require()),
                key(
                        "resolution.ignore_paths",
                        "/health",
                        List.of("/health"),
                        config -> config.resolution().routes().ignorePaths()),
                key(
                        "resolution.public_paths",
                        "/a, /b",
                        List.of("/a", "/b"),
                        config -> config.resolution().routes().publicPaths()),
                key(
                        "resolution.validator_cache_ttl",
                        "60s",
                        Duration.ofMinutes(1),
                        config -> config.resolution().cache().ttl()),
                key(
                        "resolution.validator_cache_size",
                        "5",
                        5,
                        config -> config.resolution().cache().size()),
                key(
                        "resolution.negative_ttl",
                        "0",
                        Duration.ZERO,
                        config -> config.resolution().cache().negativeTtl()),
                key(
                        "resolution.max_staleness",
                        "PT1M",
                        Duration.ofMinutes(1),
                        config -> config.resolution().cache().maxStaleness()),
                key(
                        "membership.source",
                        "claim",
                        MembershipSource.CLAIM,
                        config -> config.membership().source()),
                key(
                        "membership.claim",
                        "orgs",
                        "orgs",
                        config -> config.membership().claim()),
                key(
                        "membership.cache_ttl",
                        "7",
                        Duration.ofSeconds(7),
                        config -> config.membership().cacheTtl()),
                key(
                        "membership.cache_size",
                        "9",
                        9,
                        config -> config.membership().cacheSize()),
                key(
                        "lifecycle.isolation_strategy",
                        "schema",
                        "schema",
                        config -> config.lifecycle().isolationStrategy()),
                key(
                        "lifecycle.auto_provision_isolation",
                        "false",
                        false,
                        config -> config.lifecycle().autoProvisionIsolation()),
                key(
                        "integration.sql_context_bridge",
                        "no",
                        false,
                        config -> config.integration().sqlContextBridge()),
                key(
                        "isolation.setting_name",
                        "app.tenant",
                        "app.tenant",
                        config -> config.isolation().settingName()),
                key(
                        "isolation.audit",
                        "warn",
                        AuditMode.WARN,
                        config -> config.isolation().audit()),
                key(
                        "isolation.assume_role",
                        "tenancy_app",
                        "tenancy_app",
                        config -> config.isolation().assumeRole().orElseThrow()),
                key(
                        "isolation.tables.tenant",
                        "a.*, b",
                        List.of("a.*", "b"),
                        config -> config.isolation().tenantTables()),
                key(
                        "isolation.tables.shared",
                        "c",
                        List.of("c"),
                        config -> config.isolation().sharedTables()),
                key(
                        "isolation.tables.system",
                        "d",
                        List.of("d"),
                        config -> config.isolation().systemTables()),
                key(
                        "isolation.exclude",
                        "flyway",
                        List.of("flyway"),
                        config -> config.isolation().exclude()),
                key(
                        "control_plane.url",
                        "jdbc:postgresql://h/d",
                        "jdbc:postgresql://h/d",
                        config -> config.controlPlane().url().orElseThrow()),
                key(
                        "control_plane.user",
                        "control",
                        "control",
                        config -> config.controlPlane().user().orElseThrow()),
                key(
                        "control_plane.password",
                        " s3cret ",
                        " s3cret ",
                        config -> config.controlPlane().password().orElseThrow()),
                key(
                        "control_plane.initialize",
                        "FALSE",
                        false,
                        config -> config.controlPlane().initialize()));
    }

    @ParameterizedTest
    @MethodSource("every_key")
    void a_key_takes_effect_from_a_framework_and_from_the_environment(
            String path, String stated, Object expected, Function<TenancyConfig, Object> read) {
        var variable = "LEX_TENANCY__" + path.replace(".", "__").toUpperCase(Locale.ROOT);

        assertThat(read.apply(TenancyConfig.of(nested(path, stated), NO_VARIABLES)))
                .isEqualTo(expected);
        assertThat(read.apply(TenancyConfig.of(nested(path.replace('_', '-'), stated), NO_VARIABLES)))
                .isEqualTo(expected);
        assertThat(read.apply(TenancyConfig.of(Map.of(), Map.of(variable, stated))))
                .isEqualTo(expected);
        assertThat(TenancyConfig.of(nested(path, stated), NO_VARIABLES)).isNotEqualTo(TenancyConfig.DEFAULTS);
    }

    @Test
    void the_table_of_keys_is_complete_and_each_key_changes_itself_only() {
        var tested = every_key().map(arguments -> (String) arguments.get()[0]).toList();
        assertThat(Settings.all()).extracting(Setting::path).containsExactlyInAnyOrderElementsOf(tested);

        every_key().forEach(arguments -> {
            var path = (String) arguments.get()[0];
            var config = TenancyConfig.of(nested(path, arguments.get()[1]), NO_VARIABLES);
            for (var setting : Settings.all()) {
                assertThat(setting.get().apply(config).equals(setting.get().apply(TenancyConfig.DEFAULTS)))
                        .as("%s after setting %s", setting.path(), path)
                        .isEqualTo(!setting.path().equals(path));
            }
        });
    }

    private static Arguments key(String path, String stated, Object expected, Function<TenancyConfig, Object> read) {
        return Arguments.of(path, stated, expected, read);
    }
}
