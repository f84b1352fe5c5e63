package dev.lexigram.tenancy.resolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResolutionProblemsTest {

    private static final ResolutionConfig DEFAULTS = ResolutionConfig.DEFAULTS;

    @ParameterizedTest
    @CsvSource({"headr, header", "jwt, jwt_claim", "sub_domain, subdomain", "paths, path", "Header, header"})
    void an_unknown_name_is_refused_with_the_nearest_and_all_known_ones(String name, String nearest) {
        assertThatExceptionOfType(TenancyConfigurationException.class)
                .isThrownBy(() -> ResolverRegistry.fromConfig(DEFAULTS.withResolvers("path", name)))
                .satisfies(error -> assertThat(error.code()).isEqualTo("LEX_ERR_TENANT_022"))
                .withMessageContaining("'" + name + "', which is unknown; did you mean '" + nearest + "'?")
                .withMessageContaining("Known: jwt_claim, header, subdomain, path");
    }

    @Test
    void a_name_stated_twice_is_refused() {
        assertThat(ResolverRegistry.problems(DEFAULTS.withResolvers("path", "path")))
                .singleElement()
                .asString()
                .contains("path twice");
    }

    @Test
    void a_named_resolver_that_lacks_what_it_needs_is_left_out_by_the_registry_and_a_problem_for_the_assembly() {
        var withoutPath = new ResolutionConfig(
                DEFAULTS.withResolvers("subdomain", "path", "header").resolvers(),
                DEFAULTS.headerName(),
                DEFAULTS.jwtClaimKey(),
                Optional.empty(),
                DEFAULTS.subdomain(),
                DEFAULTS.trust(),
                DEFAULTS.routes(),
                DEFAULTS.cache());

        assertThat(ResolverRegistry.fromConfig(withoutPath).names()).containsExactly("header");
        assertThat(ResolverRegistry.problems(withoutPath))
                .hasSize(2)
                .anySatisfy(problem -> assertThat(problem).contains("subdomain", "resolution.subdomain_pattern"))
                .anySatisfy(problem -> assertThat(problem).contains("path", "resolution.path_pattern"));
    }

    @Test
    void every_problem_is_told_at_once() {
        var config = DEFAULTS.withResolvers("nonsense", "subdomain")
                .withHeaderName("x y")
                .withJwtClaimKey("/a~")
                .withPathPattern("/tenants")
                .withTrust(TrustConfig.DEFAULTS
                        .withTrustedProxies("10.0.0.1/8")
                        .withTrustedResolvers("path")
                        .withIssuers(Map.of("https://id.example/", List.of("../acme"))));

        assertThat(ResolverRegistry.problems(config)).hasSize(8);
        assertThatExceptionOfType(TenancyConfigurationException.class)
                .isThrownBy(() -> ResolverRegistry.fromConfig(config))
                .withMessageContainingAll(
                        "resolution.resolvers",
                        "resolution.header_name",
                        "resolution.jwt_claim_key",
                        "resolution.path_pattern",
                        "resolution.trusted_proxies",
                        "resolution.trusted_resolvers",
                        "resolution.issuers");
    }

    @Test
    void a_base_domain_that_is_none_is_a_problem() {
        assertThat(ResolverRegistry.problems(DEFAULTS.withSubdomainPattern("10.0.0.1")))
                .singleElement()
                .asString()
                .contains("resolution.subdomain_pattern");
    }

    @ParameterizedTest
    @ValueSource(strings = {"subdomain", "path", "query_param", ""})
    void only_what_somebody_proves_can_be_trusted(String name) {
        var trust = TrustConfig.DEFAULTS.withTrustedProxies("10.0.0.0/8").withTrustedResolvers("jwt_claim", name);

        assertThat(ResolverRegistry.problems(DEFAULTS.withTrust(trust)))
                .singleElement()
                .asString()
                .contains("'" + name + "'", "resolution.trusted_resolvers");
    }

    @Test
    void the_header_can_be_trusted_only_together_with_proxies() {
        var trust = TrustConfig.DEFAULTS.withTrustedResolvers("header");

        assertThat(ResolverRegistry.problems(DEFAULTS.withTrust(trust)))
                .singleElement()
                .asString()
                .contains("resolution.trusted_proxies");
        assertThat(ResolverRegistry.problems(DEFAULTS.withTrust(trust.withTrustedProxies("10.0.0.0/8"))))
                .isEmpty();
    }
}
