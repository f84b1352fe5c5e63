package dev.lexigram.tenancy;

import static dev.lexigram.tenancy.Sections.nested;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CF-1, CF-2: where values come from, and how they may be written. */
class TenancyConfigTest {

    private static final Map<String, String> NO_VARIABLES = Map.of();

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
}
