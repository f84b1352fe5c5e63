package dev.lexigram.tenancy.resolution;

import static dev.lexigram.tenancy.resolution.Calls.MEGABYTE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.tenant.TenantId;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The cost of an answer does not grow with what a client sends: shown by what it allocates, which is exact. */
class OversizedInputTest {

    private static final TrustConfig PROXIED = TrustConfig.DEFAULTS.withTrustedProxies("10.0.0.0/8");
    private static final SubdomainConfig APP =
            SubdomainConfig.DEFAULTS.withPattern("app.com").withIdn(true);
    private static final String SPACES = " ".repeat(MEGABYTE.length());

    static Stream<Arguments> oversized() {
        var subdomain = new SubdomainTenantResolver(APP, PROXIED);
        var issuers = new JwtClaimTenantResolver("tenant_id", Map.of("https://id.example/", List.of("acme")));
        return Stream.of(
                Arguments.of("header", new HeaderTenantResolver(), Calls.withHeader(MEGABYTE)),
                Arguments.of("blank header", new HeaderTenantResolver(), Calls.withHeader(SPACES)),
                Arguments.of("commas", new HeaderTenantResolver(), Calls.withHeader(",".repeat(1_000_000))),
                Arguments.of("claim", new JwtClaimTenantResolver(), Calls.withClaim(MEGABYTE)),
                Arguments.of("blank claim", new JwtClaimTenantResolver(), Calls.withClaim(SPACES)),
                Arguments.of(
                        "number", new JwtClaimTenantResolver(), Calls.withClaim(BigInteger.ONE.shiftLeft(8_000_000))),
                Arguments.of("issuer", issuers, Calls.withClaims(Map.of("iss", MEGABYTE, "tenant_id", "acme"))),
                Arguments.of("host", subdomain, Calls.withHost(MEGABYTE)),
                Arguments.of("blank host", subdomain, Calls.withHost(SPACES)),
                Arguments.of("labels", subdomain, Calls.withHost("a.".repeat(500_000) + "app.com")),
                Arguments.of("bracket", subdomain, Calls.withHost("[" + MEGABYTE + "]")),
                Arguments.of("peer", subdomain, call().peer(MEGABYTE).build()),
                Arguments.of(
                        "peer with colons",
                        subdomain,
                        call().peer(":".repeat(1_000_000)).build()),
                Arguments.of("X-Forwarded-Host", subdomain, forwarded("X-Forwarded-Host", "a,".repeat(500_000))),
                Arguments.of("Forwarded", subdomain, forwarded("Forwarded", "host=\"" + MEGABYTE)),
                Arguments.of("path", new PathTenantResolver(), Calls.withPath("/tenants/" + MEGABYTE)),
                Arguments.of("other path", new PathTenantResolver(), Calls.withPath("/x/" + MEGABYTE)),
                Arguments.of(
                        "dots", new PathTenantResolver(), Calls.withPath("/" + "../".repeat(300_000) + "tenants/a")),
                Arguments.of("escapes", new PathTenantResolver(), Calls.withPath("/%74".repeat(250_000))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("oversized")
    void RX_07_a_megabyte_costs_as_little_as_a_word(
            String what, TenantResolver resolver, TenantResolutionContext call) {
        assertThat(resolver.resolve(call)).isNotInstanceOf(Resolution.Resolved.class);
        assertThat(Allocations.of(() -> resolver.resolve(call))).isLessThan(1_000);
    }

    @Test
    void RX_07_control_whoever_trims_or_folds_first_copies_the_megabyte() {
        assertThat(Allocations.of(() -> (" " + MEGABYTE).trim())).isGreaterThan(1_000_000);
        assertThat(Allocations.of(() -> ("A" + MEGABYTE).toLowerCase(Locale.ROOT)))
                .isGreaterThan(1_000_000);
    }

    @Test
    void ID_15_an_id_of_a_megabyte_is_refused_in_constant_memory() {
        assertThat(Allocations.of(() -> TenantId.parse(MEGABYTE))).isLessThan(100);
    }

    static Stream<Arguments> silent() {
        var context = call().host("www.elsewhere.com").rawPath("/orders/1").build();
        var reserved = call().host("www.app.com").build();
        return Stream.of(
                Arguments.of(new HeaderTenantResolver(), context),
                Arguments.of(new JwtClaimTenantResolver(), context),
                Arguments.of(new SubdomainTenantResolver("app.com"), context),
                Arguments.of(new SubdomainTenantResolver("app.com"), reserved),
                Arguments.of(new PathTenantResolver(), context));
    }

    @ParameterizedTest
    @MethodSource("silent")
    void a_source_that_says_nothing_allocates_nothing(TenantResolver resolver, TenantResolutionContext call) {
        assertThat(resolver.resolve(call)).isEqualTo(Resolution.absent());
        assertThat(Allocations.of(1_000, () -> resolver.resolve(call))).isZero();
    }

    @Test
    void a_check_of_an_id_allocates_nothing() {
        assertThat(Allocations.of(1_000, () -> TenantId.parse("not an id"))).isZero();
        assertThat(Allocations.of(1_000, () -> References.isReference("0190b5b4-2f7e-7c3a-9d3e-1f2a3b4c5d6e")))
                .isLessThan(1_000 * 17); // the boxed answer
    }

    private static TenantResolutionContextBuilder call() {
        return TenantResolutionContext.builder();
    }

    private static TenantResolutionContext forwarded(String header, String value) {
        return call().peer("10.0.0.1")
                .host("acme.app.com")
                .header(header, value)
                .build();
    }
}
