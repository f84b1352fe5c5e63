package dev.lexigram.tenancy.resolution;

import static dev.lexigram.tenancy.resolution.Calls.resolved;
import static dev.lexigram.tenancy.resolution.Calls.withClaims;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IssuerRuleTest {

    private static final String A = "https://id.acme.example/";
    private static final String B = "https://id.globex.example/";

    private final JwtClaimTenantResolver resolver =
            new JwtClaimTenantResolver("tenant_id", Map.of(A, List.of("acme", "acme-eu"), B, List.of("globex")));

    @Test
    void an_issuer_may_name_each_of_its_tenants() {
        assertThat(resolver.resolve(token(A, "acme"))).isEqualTo(resolved("acme"));
        assertThat(resolver.resolve(token(A, "acme-eu"))).isEqualTo(resolved("acme-eu"));
        assertThat(resolver.resolve(token(B, "globex"))).isEqualTo(resolved("globex"));
    }

    @Test
    void RS_17_an_issuer_may_not_name_the_tenant_of_another() {
        assertThat(resolver.resolve(token(B, "acme"))).isEqualTo(Resolution.rejected("issuer"));

        // Control: without the rule the claim is believed whoever issued the token.
        assertThat(new JwtClaimTenantResolver().resolve(token(B, "acme"))).isEqualTo(resolved("acme"));
    }

    @Test
    void RS_17_issuers_and_tenants_are_compared_byte_for_byte() {
        assertThat(resolver.resolve(token("https://id.acme.example", "acme"))).isEqualTo(Resolution.rejected("issuer"));
        assertThat(resolver.resolve(token("HTTPS://id.acme.example/", "acme")))
                .isEqualTo(Resolution.rejected("issuer"));
        assertThat(resolver.resolve(token(A, "ACME"))).isEqualTo(Resolution.rejected("issuer"));
    }

    @Test
    void RS_17_a_token_without_a_readable_issuer_names_nobody() {
        assertThat(resolver.resolve(withClaims(Map.of("tenant_id", "acme")))).isEqualTo(Resolution.rejected("issuer"));
        assertThat(resolver.resolve(withClaims(Map.of("tenant_id", "acme", "iss", List.of(A)))))
                .isEqualTo(Resolution.rejected("issuer"));
    }

    @Test
    void a_token_without_a_tenant_says_nothing_whoever_issued_it() {
        assertThat(resolver.resolve(withClaims(Map.of("iss", "https://elsewhere.example/"))))
                .isEqualTo(Resolution.absent());
    }

    @Test
    void an_issuer_without_tenants_names_nobody() {
        var nobody = new JwtClaimTenantResolver("tenant_id", Map.of(A, List.of()));

        assertThat(nobody.resolve(token(A, "acme"))).isEqualTo(Resolution.rejected("issuer"));
    }

    @Test
    void RS_19_ten_thousand_unknown_issuers_are_rejected_and_leave_nothing_behind() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        for (var number = 0; number < 10_000; number++) {
            var issuer = "http://" + Long.toHexString(random.nextLong()) + ".invalid/";
            assertThat(resolver.resolve(token(issuer, "acme")))
                    .as("seed %d", seed)
                    .isEqualTo(Resolution.rejected("issuer"));
        }

        assertThat(Stream.of(JwtClaimTenantResolver.class.getDeclaredFields()).map(Field::getType))
                .as("an immutable map is all that could hold issuers")
                .doesNotContain(Set.class, List.class, Object.class)
                .contains(Map.class);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> issuersOf(resolver).put("http://one.more.invalid/", Set.of()));

        // Control: a resolver that remembers what it was asked grows with each of them.
        var remembered = new HashMap<String, Resolution>();
        IntStream.range(0, 10_000).forEach(n -> remembered.put("http://" + n + ".invalid/", Resolution.absent()));
        assertThat(remembered).hasSize(10_000);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Set<String>> issuersOf(JwtClaimTenantResolver resolver)
            throws ReflectiveOperationException {
        var field = JwtClaimTenantResolver.class.getDeclaredField("issuers");
        field.setAccessible(true);
        return (Map<String, Set<String>>) field.get(resolver);
    }

    private static TenantResolutionContext token(String issuer, String tenant) {
        return withClaims(Map.of("iss", issuer, "tenant_id", tenant));
    }
}
