package dev.lexigram.tenancy;

import static dev.lexigram.tenancy.Sections.nested;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** CF-1: what is wrong is named, all at once, and never with a secret. */
class TenancyConfigProblemsTest {

    private static final Map<String, String> NO_VARIABLES = Map.of();

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
                Arguments.of("resolution.max_staleness", "0", "at least 1 s"));
    }

    static Stream<Arguments> wrong_values_of_other_sections() {
        return Stream.of(
                Arguments.of("membership.source", "ldap", "one of none, claim, sql"),
                Arguments.of("lifecycle.isolation_strategy", "row level", "the name of an isolation strategy"),
                Arguments.of("isolation.setting_name", "Tenant", "prefix.name"),
                Arguments.of("isolation.setting_name", "a.b'; drop table t; --", "prefix.name"),
                Arguments.of("isolation.binder", "jdbc", "one of auto, driver, plain"),
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
    @MethodSource({"wrong_values", "wrong_values_of_other_sections"})
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
        "isolation.strict_statsu, tenancy.isolation.strict_status",
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
}
