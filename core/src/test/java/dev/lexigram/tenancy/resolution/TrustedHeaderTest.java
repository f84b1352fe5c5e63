package dev.lexigram.tenancy.resolution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedHeaderTest {

    private static final Resolution ACME = Resolution.resolved("acme");

    private final ResolverRegistry registry =
            ResolverRegistry.fromConfig(ResolutionConfig.DEFAULTS.withTrust(TrustConfig.DEFAULTS
                    .withTrustedResolvers("jwt_claim", "header")
                    .withTrustedProxies("10.0.0.0/8", "2001:db8::/64")));

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "::ffff:10.0.0.1", "2001:db8::7"})
    void RS_02_the_header_is_authority_from_a_trusted_proxy(String peer) {
        assertThat(new CompositeResolver(registry).resolve(from(peer)))
                .contains(new SourcedResolution("header", Trust.VERIFIED, ACME));
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.9", "2001:db8:0:1::7", "localhost", ""})
    void RS_02_from_anybody_else_it_only_selects(String peer) {
        assertThat(new CompositeResolver(registry).resolve(from(peer)))
                .contains(new SourcedResolution("header", Trust.SELECTOR, ACME));
        assertThat(new CompositeResolver(registry)
                        .resolve(TenantResolutionContext.builder()
                                .header("x-tenant-id", "acme")
                                .build()))
                .contains(new SourcedResolution("header", Trust.SELECTOR, ACME));
    }

    @Test
    void RS_02_control_trusted_without_a_look_at_the_peer_anybody_has_authority() {
        var careless = new ResolverRegistry();
        careless.register(new HeaderTenantResolver(), Trust.VERIFIED);

        assertThat(new CompositeResolver(careless).resolve(from("203.0.113.9")))
                .contains(new SourcedResolution("header", Trust.VERIFIED, ACME));
    }

    @Test
    void proxies_alone_make_no_header_trusted() {
        var proxiesOnly = ResolverRegistry.fromConfig(ResolutionConfig.DEFAULTS.withTrustedProxies("10.0.0.0/8"));

        assertThat(new CompositeResolver(proxiesOnly).resolve(from("10.0.0.1")))
                .contains(new SourcedResolution("header", Trust.SELECTOR, ACME));
    }

    @Test
    void verified_comes_first_for_each_call_by_its_own_trust() {
        registry.register(new FixedAnswer("custom", 15, Resolution.resolved("globex")));
        registry.register(new FixedAnswer("api_keys", 30, Resolution.resolved("initech")), Trust.VERIFIED);
        var resolver = new CompositeResolver(registry);

        assertThat(resolver.resolveAll(from("10.0.0.1")))
                .extracting(SourcedResolution::source)
                .containsExactly("header", "api_keys", "custom");
        assertThat(resolver.resolveAll(from("203.0.113.9")))
                .extracting(SourcedResolution::source)
                .containsExactly("api_keys", "custom", "header");
        assertThat(registry.names()).containsExactly("jwt_claim", "api_keys", "custom", "header", "path");
    }

    private static TenantResolutionContext from(String peer) {
        return TenantResolutionContext.builder()
                .peer(peer)
                .header("x-tenant-id", "acme")
                .build();
    }
}
