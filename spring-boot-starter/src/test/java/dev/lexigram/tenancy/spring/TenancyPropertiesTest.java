package dev.lexigram.tenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.TenancyConfig;
import dev.lexigram.tenancy.enforcement.MembershipSource;
import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

class TenancyPropertiesTest {

    @Test
    void hyphens_and_underscores_are_the_same() {
        assertThat(read(Map.of("tenancy.resolution.header-name", "x-org"))
                        .resolution()
                        .headerName())
                .isEqualTo("x-org");
        assertThat(read(Map.of("tenancy.resolution.header_name", "x-org"))
                        .resolution()
                        .headerName())
                .isEqualTo("x-org");
    }

    @Test
    void lists_may_be_indexed_or_one_text() {
        var indexed = read(Map.of("tenancy.isolation.exclude[0]", "a", "tenancy.isolation.exclude[1]", "b"));
        var text = read(Map.of("tenancy.isolation.exclude", "a, b"));

        assertThat(indexed.isolation().exclude()).containsExactly("a", "b");
        assertThat(text.isolation().exclude()).containsExactly("a", "b");
    }

    @Test
    void a_list_of_eleven_keeps_its_order() {
        var properties = new java.util.HashMap<String, Object>();
        for (var index = 0; index < 11; index++) {
            properties.put("tenancy.isolation.exclude[" + index + "]", "bean" + index);
        }

        assertThat(read(properties).isolation().exclude())
                .startsWith("bean0", "bean1", "bean2")
                .endsWith("bean10");
    }

    @Test
    void the_stronger_source_wins_and_lists_are_not_mixed() {
        var config = read(
                Map.of("tenancy.isolation.exclude[0]", "strong", "tenancy.resolution.header-name", "x-strong"),
                Map.of(
                        "tenancy.isolation.exclude[0]", "weak",
                        "tenancy.isolation.exclude[1]", "weaker",
                        "tenancy.resolution.header_name", "x-weak",
                        "tenancy.resolution.jwt_claim_key", "org"));

        assertThat(config.isolation().exclude()).containsExactly("strong");
        assertThat(config.resolution().headerName()).isEqualTo("x-strong");
        assertThat(config.resolution().jwtClaimKey()).isEqualTo("org");
    }

    @Test
    void the_yaml_of_the_documentation_is_read_as_it_stands() throws IOException {
        var yaml = """
                tenancy:
                  resolution:
                    resolvers: [jwt_claim, header]
                    validator_cache_ttl: 60
                    issuers:
                      https://id.example.com/a-b: [acme, globex]
                      "[https://other.example.com]": [initech]
                  membership:
                    source: claim
                  isolation.tables:
                    tenant: invoice, invoice_line
                """;
        var source = new YamlPropertySourceLoader()
                .load("yaml", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
                .get(0);
        var environment = environment();
        environment.getPropertySources().addFirst(source);

        var config = TenancyProperties.read(environment);

        assertThat(config.resolution().resolvers()).hasValue(List.of("jwt_claim", "header"));
        assertThat(config.resolution().cache().ttl()).isEqualTo(Duration.ofSeconds(60));
        assertThat(config.membership().source()).isEqualTo(MembershipSource.CLAIM);
        assertThat(config.isolation().tenantTables()).containsExactly("invoice", "invoice_line");
        assertThat(config.resolution().trust().issuers())
                .containsOnly(
                        Map.entry("https://id.example.com/a-b", List.of("acme", "globex")),
                        Map.entry("https://other.example.com", List.of("initech")));
    }

    @Test
    void placeholders_are_resolved_and_must_be_resolvable() {
        var known = Map.<String, Object>of("tenancy.resolution.header-name", "${name}", "name", "x-org");

        assertThat(read(known).resolution().headerName()).isEqualTo("x-org");
        assertThatThrownBy(() -> read(Map.of("tenancy.control-plane.password", "${MISSING}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("MISSING");
    }

    @Test
    void two_spellings_of_one_key_in_one_source_are_refused() {
        assertThatThrownBy(() ->
                        read(Map.of("tenancy.resolution.header-name", "a", "tenancy.resolution.header_name", "b")))
                .isInstanceOf(TenancyConfigurationException.class)
                .hasMessageContaining("twice");
    }

    @Test
    void variables_of_the_library_beat_properties_and_others_are_not_read() {
        var environment = environment(Map.of("tenancy.resolution.header-name", "x-property"));
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource(
                        "variables",
                        Map.of("LEX_TENANCY__RESOLUTION__HEADER_NAME", "x-variable", "TENANCY_DB_PASSWORD", "secret")));

        assertThat(TenancyProperties.read(environment).resolution().headerName())
                .isEqualTo("x-variable");
    }

    @Test
    void an_unknown_variable_is_told_with_the_nearest_one() {
        var environment = environment();
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource(
                        "variables", Map.of("LEX_TENANCY__RESOLUTION__HEADER_NAMES", "x")));

        assertThatThrownBy(() -> TenancyProperties.read(environment))
                .hasMessageContaining("LEX_TENANCY__RESOLUTION__HEADER_NAME");
    }

    @SafeVarargs
    private static TenancyConfig read(Map<String, Object>... strongestFirst) {
        return TenancyProperties.read(environment(strongestFirst));
    }

    /** Without the machine's own variables and system properties. */
    @SafeVarargs
    private static StandardEnvironment environment(Map<String, Object>... strongestFirst) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
        environment.getPropertySources().remove(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
        for (var properties : strongestFirst) {
            environment
                    .getPropertySources()
                    .addLast(new MapPropertySource("source" + System.identityHashCode(properties), properties));
        }
        return environment;
    }
}
