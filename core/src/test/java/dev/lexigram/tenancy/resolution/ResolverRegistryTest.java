package dev.lexigram.tenancy.resolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import org.junit.jupiter.api.Test;

class ResolverRegistryTest {

    private static final ResolutionConfig DEFAULTS = ResolutionConfig.DEFAULTS;

    @Test
    void it_tells_what_is_registered() {
        var registry = new ResolverRegistry();
        var header = new HeaderTenantResolver();
        registry.register(header);

        assertThat(registry.size()).isEqualTo(1);
        assertThat(registry.names()).containsExactly("header");
        assertThat(registry.find("header")).contains(header);
        assertThat(registry.find("Header")).isEmpty();
    }

    @Test
    void the_order_is_verified_first_then_priority_then_registration() {
        var registry = new ResolverRegistry();
        registry.register(new FixedAnswer("late_selector", 90, Resolution.absent()));
        registry.register(new FixedAnswer("one_of_20", 20, Resolution.absent()));
        registry.register(new FixedAnswer("other_of_20", 20, Resolution.absent()), Trust.SELECTOR);
        registry.register(new FixedAnswer("late_verified", 95, Resolution.absent()), Trust.VERIFIED);
        registry.register(new FixedAnswer("early_verified", -1, Resolution.absent()), Trust.VERIFIED);

        assertThat(registry.names())
                .containsExactly("early_verified", "late_verified", "one_of_20", "other_of_20", "late_selector");
    }

    @Test
    void a_taken_name_is_refused_and_changes_nothing() {
        var registry = ResolverRegistry.fromConfig(DEFAULTS);
        var builtIn = registry.find("header");

        assertThatExceptionOfType(TenancyConfigurationException.class)
                .isThrownBy(() -> registry.register(new FixedAnswer("header", 1, Resolution.absent()), Trust.VERIFIED))
                .withMessageContaining("Two resolvers are named 'header'");
        assertThat(registry.find("header")).isEqualTo(builtIn);
    }

    @Test
    void a_name_of_a_built_in_resolver_gives_no_trust() {
        var registry = new ResolverRegistry();
        registry.register(new FixedAnswer("jwt_claim", 1, Resolution.resolved("globex")));

        assertThat(new CompositeResolver(registry).resolve(Calls.withPath("/")))
                .contains(new SourcedResolution("jwt_claim", Trust.SELECTOR, Resolution.resolved("globex")));
    }

    @Test
    void a_blank_name_is_refused() {
        assertThatExceptionOfType(TenancyConfigurationException.class)
                .isThrownBy(() -> new ResolverRegistry().register(new FixedAnswer(" ", 1, Resolution.absent())))
                .withMessageContaining("FixedAnswer");
    }

    @Test
    void unset_resolvers_are_the_built_in_ones_that_have_what_they_need() {
        assertThat(ResolverRegistry.fromConfig(DEFAULTS).names()).containsExactly("jwt_claim", "header", "path");
        assertThat(ResolverRegistry.fromConfig(DEFAULTS.withSubdomainPattern("app.com"))
                        .names())
                .containsExactly("jwt_claim", "header", "subdomain", "path");
        assertThat(ResolverRegistry.problems(DEFAULTS)).isEmpty();
    }

    @Test
    void named_resolvers_are_used_whatever_their_order_and_no_others() {
        assertThat(ResolverRegistry.fromConfig(DEFAULTS.withResolvers("path", "header"))
                        .names())
                .containsExactly("header", "path");
        assertThat(ResolverRegistry.fromConfig(DEFAULTS.withResolvers()).names())
                .isEmpty();
        assertThat(ResolverRegistry.fromConfig(DEFAULTS.withResolvers()).size()).isZero();
    }

    @Test
    void the_claim_is_verified_only_while_it_is_trusted() {
        assertThat(new CompositeResolver(ResolverRegistry.fromConfig(DEFAULTS)).resolve(Calls.withClaim("acme")))
                .contains(new SourcedResolution("jwt_claim", Trust.VERIFIED, Resolution.resolved("acme")));

        var trustingNobody = DEFAULTS.withTrust(TrustConfig.DEFAULTS.withTrustedResolvers());
        assertThat(new CompositeResolver(ResolverRegistry.fromConfig(trustingNobody)).resolve(Calls.withClaim("acme")))
                .contains(new SourcedResolution("jwt_claim", Trust.SELECTOR, Resolution.resolved("acme")));
    }

    @Test
    void the_settings_of_the_configuration_reach_the_resolvers() {
        var config = DEFAULTS.withHeaderName("X-Org")
                .withJwtClaimKey("/org/id")
                .withPathPattern("/o/{tenant_id}")
                .withSubdomainPattern("app.com");
        var resolver = new CompositeResolver(ResolverRegistry.fromConfig(config));
        var call = TenantResolutionContext.builder()
                .header("x-org", "h")
                .host("s.app.com")
                .rawPath("/o/p/x")
                .build();

        assertThat(resolver.resolveAll(call))
                .extracting(SourcedResolution::resolution)
                .containsExactly(Resolution.resolved("h"), Resolution.resolved("s"), Resolution.resolved("p"));
    }
}
