package dev.lexigram.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.enforcement.MembershipSource;
import dev.lexigram.tenancy.isolation.AuditMode;
import dev.lexigram.tenancy.resolution.ConflictRule;
import dev.lexigram.tenancy.resolution.RequireMode;
import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CF-1: what is stated takes effect, whoever states it; what is wrong is named. */
class TenancyConfigTest {

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

    @Test
    void nothing_stated_gives_the_defaults() {
        assertThat(TenancyConfig.of(Map.of(), NO_VARIABLES)).isEqualTo(TenancyConfig.DEFAULTS);
        assertThat(TenancyConfig.of(Map.of(), Map.of("PATH", "/bin", "LEX_TENANCY_SERVICE_PORT", "80")))
                .isEqualTo(TenancyConfig.DEFAULTS);
    }

    @Test
    void code_beats_the_environment_which_beats_what_the_framework_read() {
        var section = nested("membership.claim", "from-file");
        var variables = Map.of("LEX_TENANCY__MEMBERSHIP__CLAIM", "from-environment");

        assertThat(TenancyConfig.of(section, NO_VARIABLES).membership().claim()).isEqualTo("from-file");
        var config = TenancyConfig.of(section, variables);
        assertThat(config.membership().claim()).isEqualTo("from-environment");
        assertThat(config.withMembership(config.membership().withClaim("from-code"))
                        .membership()
                        .claim())
                .isEqualTo("from-code");
    }

    @Test
    void a_variable_without_value_takes_back_what_may_be_missing() {
        var section = nested("resolution.path_pattern", "/t/{tenant_id}/");

        var config = TenancyConfig.of(section, Map.of("LEX_TENANCY__RESOLUTION__PATH_PATTERN", ""));

        assertThat(config.resolution().pathPattern()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "TRUE", "yes", "On", "1"})
    void booleans_have_four_words_for_yes(String yes) {
        assertThat(TenancyConfig.of(nested("resolution.subdomain_idn", yes), NO_VARIABLES)
                        .resolution()
                        .subdomain()
                        .idn())
                .isTrue();
    }

    static Stream<Object> lists() {
        return Stream.of(
                List.of("a", "b"),
                "a,b",
                " a , b ",
                "[\"a\", \"b\"]",
                " [a, b]",
                Map.of("0", "a", "1", "b"),
                Map.of(1, "b", 0, "a"));
    }

    @ParameterizedTest
    @MethodSource("lists")
    void a_list_may_be_a_list_a_json_array_comma_text_or_a_map_by_index(Object stated) {
        assertThat(TenancyConfig.of(nested("isolation.exclude", stated), NO_VARIABLES)
                        .isolation()
                        .exclude())
                .containsExactly("a", "b");
    }

    @ParameterizedTest
    @CsvSource({"90,90", "90s,90", "PT1M30S,90", "P1D,86400", "pt90s,90", "0,0"})
    void durations_are_seconds_or_iso(String stated, long seconds) {
        assertThat(TenancyConfig.of(nested("membership.cache_ttl", stated), NO_VARIABLES)
                        .membership()
                        .cacheTtl())
                .hasSeconds(seconds);
    }

    static Stream<Arguments> wrong_values() {
        return Stream.of(
                Arguments.of("enabled", "maybe", "true or false"),
                Arguments.of("enabled", 2, "true or false"),
                Arguments.of("web.filter_order", "first", "a whole number"),
                Arguments.of("web.filter_order", 1.5, "a whole number"),
                Arguments.of("resolution.resolvers", "header, cookie", "one of jwt_claim, header, subdomain, path"),
                Arguments.of("resolution.resolvers", "header,header", "different"),
                Arguments.of("resolution.header_name", "x tenant", "the name of a header"),
                Arguments.of("resolution.header_name", "x".repeat(129), "the name of a header"),
                Arguments.of("resolution.header_name", "", "the name of a header"),
                Arguments.of("resolution.header_name", 7, "the name of a header"),
                Arguments.of("resolution.jwt_claim_key", " ", "the name of a claim"),
                Arguments.of("resolution.subdomain_pattern", "https://app.com", "a domain"),
                Arguments.of("resolution.subdomain_max_labels", "5", "from 1 to 4"),
                Arguments.of("resolution.subdomain_max_labels", "99999999999", "from 1 to 4"),
                Arguments.of("resolution.path_pattern", "tenants/{tenant_id}", "a path"),
                Arguments.of("resolution.trusted_resolvers", "subdomain", "one of jwt_claim, header"),
                Arguments.of("resolution.on_conflict", "first", "one of reject, verified_wins"),
                Arguments.of("resolution.issuers", List.of("acme"), "gives each issuer"),
                Arguments.of("resolution.issuers", Map.of("https://idp", "../acme"), "gives each issuer"),
                Arguments.of("resolution.issuers", "{broken", "gives each issuer"),
                Arguments.of("resolution.trusted_proxies", "localhost", "an address range"),
                Arguments.of("resolution.forwarded_hops", "0", "from 1 to 8"),
                Arguments.of("resolution.require", true, "one of guarded, always"),
                Arguments.of("resolution.public_paths", "blog", "starts with /"),
                Arguments.of("resolution.public_paths", Map.of("0", "/a", "2", "/b"), "a list"),
                Arguments.of("resolution.validator_cache_ttl", "-1", "at least 0 s"),
                Arguments.of("resolution.validator_cache_ttl", "PT-1S", "at least 0 s"),
                Arguments.of("resolution.validator_cache_ttl", "5 minutes", "ISO-8601"),
                Arguments.of("resolution.validator_cache_ttl", "P100000D", "at most 10 years"),
                Arguments.of("resolution.validator_cache_size", "-1", "at least 0"),
                Arguments.of("resolution.max_staleness", "0", "at least 1 s"),
                Arguments.of("membership.source", "ldap", "one of none, claim, sql"),
                Arguments.of("lifecycle.isolation_strategy", "row level", "the name of an isolation strategy"),
                Arguments.of("isolation.setting_name", "Tenant", "prefix.name"),
                Arguments.of("isolation.setting_name", "a.b'; drop table t; --", "prefix.name"),
                Arguments.of("isolation.assume_role", "app; reset role", "plain name of a role"),
                Arguments.of("isolation.tables.tenant", List.of("a", 7), "a list"),
                Arguments.of("isolation.tables.tenant", List.of("a\nb"), "a list"),
                Arguments.of("isolation.exclude", "a,,b", "a list"),
                Arguments.of("isolation.exclude", "[a", "a list"),
                Arguments.of("control_plane.url", "jdbc:mysql://h/d", "jdbc:postgresql:"),
                Arguments.of("resolution", "header", "a section"),
                Arguments.of("isolation.tables", List.of("a"), "a section"));
    }

    @ParameterizedTest
    @MethodSource("wrong_values")
    void a_wrong_value_is_refused_with_its_key_and_what_to_write(String path, Object stated, String rule) {
        assertThatThrownBy(() -> TenancyConfig.of(nested(path, stated), NO_VARIABLES))
                .isInstanceOfSatisfying(TenancyConfigurationException.class, refused -> {
                    assertThat(refused.code()).isEqualTo("LEX_ERR_TENANT_022");
                    assertThat(refused.problems()).hasSize(1);
                })
                .hasMessageContaining("tenancy." + path)
                .hasMessageContaining(rule);
    }

    @Test
    void a_key_without_value_is_refused_where_a_value_is_needed_and_means_none_elsewhere() {
        var missing = new HashMap<String, Object>();
        missing.put("header_name", null);
        assertThatThrownBy(() -> TenancyConfig.of(Map.of("resolution", missing), NO_VARIABLES))
                .hasMessageContaining("resolution.header_name must be")
                .hasMessageContaining("is nothing");

        var none = new HashMap<String, Object>();
        none.put("path_pattern", null);
        assertThat(TenancyConfig.of(Map.of("resolution", none), NO_VARIABLES)
                        .resolution()
                        .pathPattern())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "resolution.header_nam, tenancy.resolution.header_name",
        "header_name, tenancy.resolution.header_name",
        "resolutoin, tenancy.resolution",
        "isolation.tables.tennant, tenancy.isolation.tables.tenant",
        "membership.header_name, tenancy.resolution.header_name",
        "resolution.cookie_name, tenancy.resolution.",
        "isolation.sealed, tenancy.isolation.",
        "enabled.really, tenancy.",
    })
    void an_unknown_key_at_any_depth_names_the_nearest_known_one(String path, String nearest) {
        assertThatThrownBy(() -> TenancyConfig.of(nested(path, "x"), NO_VARIABLES))
                .isInstanceOf(TenancyConfigurationException.class)
                .hasMessageMatching("(?s).*(Unknown key 'tenancy\\." + path + "', the nearest known one is " + nearest
                        + "|tenancy\\.enabled must be).*");
    }

    @Test
    void an_unknown_variable_names_the_nearest_known_one() {
        assertThatThrownBy(() -> TenancyConfig.of(Map.of(), Map.of("LEX_TENANCY__RESOLUTION__HEADER", "x-org")))
                .hasMessageContaining("Unknown variable 'LEX_TENANCY__RESOLUTION__HEADER'")
                .hasMessageContaining("LEX_TENANCY__RESOLUTION__HEADER_NAME");
    }

    @Test
    void a_key_in_two_spellings_is_refused() {
        var twice = new LinkedHashMap<String, Object>();
        twice.put("header-name", "x-a");
        twice.put("header_name", "x-b");

        assertThatThrownBy(() -> TenancyConfig.of(Map.of("resolution", twice), NO_VARIABLES))
                .hasMessageContaining("tenancy.resolution.header_name is stated twice");
    }

    @Test
    void all_problems_are_in_one_message() {
        var section = new LinkedHashMap<String, Object>(nested("resolution.forwarded_hops", 99));
        section.put("membership", Map.of("source", "ldap", "claims", "x"));
        var variables = Map.of("LEX_TENANCY__ENABLED", "perhaps", "LEX_TENANCY__NOTHING", "x");

        assertThatThrownBy(() -> TenancyConfig.of(section, variables))
                .isInstanceOfSatisfying(
                        TenancyConfigurationException.class,
                        refused -> assertThat(refused.problems()).hasSize(5))
                .hasMessageContainingAll(
                        "tenancy.resolution.forwarded_hops must be",
                        "but is '99'",
                        "tenancy.membership.source must be",
                        "Unknown key 'tenancy.membership.claims'",
                        "LEX_TENANCY__ENABLED must be",
                        "Unknown variable 'LEX_TENANCY__NOTHING'");
    }

    @Test
    void hostile_names_and_values_are_escaped_and_bounded_in_the_message() {
        var hostile = "x\n2026 INFO all is well\u001b[31m" + "y".repeat(100_000);

        assertThatThrownBy(() -> TenancyConfig.of(
                        Map.of(hostile, "x", "web", Map.of("filter_order", hostile)),
                        Map.of("LEX_TENANCY__" + hostile, hostile)))
                .satisfies(refused -> assertThat(refused.getMessage())
                        .hasSizeLessThan(2000)
                        .doesNotContain("\n", "\u001b")
                        .contains("\\u000a"));
    }

    @Test
    void ten_thousand_problems_give_a_bounded_message() {
        var section = new HashMap<String, Object>();
        for (int i = 0; i < 10_000; i++) {
            section.put("unknown" + i, i);
        }

        assertThatThrownBy(() -> TenancyConfig.of(section, NO_VARIABLES))
                .hasMessageContaining("and 9950 more")
                .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(20_000));
    }

    @Test
    void secrets_are_never_shown() {
        var section = Map.<String, Object>of(
                "control_plane",
                Map.of("password", Map.of("hunter2", "x"), "passwort", "hunter2", "url", "mysql://app:hunter2@h/d"));

        assertThatThrownBy(() -> TenancyConfig.of(section, NO_VARIABLES))
                .hasMessageContaining("control_plane.password")
                .hasMessageContaining("control_plane.url")
                .hasMessageContaining("control_plane.passwort")
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("hunter2"));
        assertThat(TenancyConfig.of(
                                nested("control_plane.url", "jdbc:postgresql://h/d?user=a&password=hunter2"),
                                Map.of("LEX_TENANCY__CONTROL_PLANE__PASSWORD", "hunter2"))
                        .toString())
                .contains("jdbc:postgresql://h/d")
                .doesNotContain("hunter2");
    }

    private static Arguments key(String path, String stated, Object expected, Function<TenancyConfig, Object> read) {
        return Arguments.of(path, stated, expected, read);
    }

    private static Map<String, Object> nested(String path, Object value) {
        var dot = path.lastIndexOf('.');
        return dot < 0 ? Map.of(path, value) : nested(path.substring(0, dot), Map.of(path.substring(dot + 1), value));
    }
}
