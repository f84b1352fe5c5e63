package dev.lexigram.tenancy.resolution;

import static dev.lexigram.tenancy.resolution.Calls.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardedHostTest {

    private static final String PROXY = "10.1.2.3";
    private static final String CLIENT = "203.0.113.9";
    private static final Resolution UNUSABLE = Resolution.rejected("forwarded");

    private final SubdomainTenantResolver oneHop = behind(1);
    private final SubdomainTenantResolver twoHops = behind(2);

    @ParameterizedTest
    @ValueSource(strings = {CLIENT, "11.1.2.3", "::1", "fe80::1%eth0", "unknown", "", "10.1.2.3.example.com", "10.1.2"})
    void RS_05_what_an_untrusted_peer_forwards_is_ignored(String peer) {
        var call = from(peer).header("X-Forwarded-Host", "globex.app.com").header("Forwarded", "host=globex.app.com");

        assertThat(oneHop.resolve(call.build())).isEqualTo(resolved("acme"));
    }

    @Test
    void RS_05_what_an_unknown_peer_forwards_is_ignored() {
        var call = TenantResolutionContext.builder().host("acme.app.com").header("X-Forwarded-Host", "globex.app.com");

        assertThat(oneHop.resolve(call.build())).isEqualTo(resolved("acme"));
        assertThat(new SubdomainTenantResolver("app.com")
                        .resolve(call.peer(PROXY).build()))
                .isEqualTo(resolved("acme"));

        // Control: read from anybody, the header decides.
        assertThat(call.build().headers("x-forwarded-host")).containsExactly("globex.app.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {PROXY, "10.255.255.255", "::ffff:10.1.2.3", "::ffff:0a01:0203"})
    void a_trusted_proxy_says_which_host_the_client_asked_for(String peer) {
        assertThat(oneHop.resolve(
                        from(peer).header("X-Forwarded-Host", "globex.app.com").build()))
                .isEqualTo(resolved("globex"));
        assertThat(oneHop.resolve(from(peer)
                        .header("Forwarded", "for=192.0.2.1;host=globex.app.com;proto=https")
                        .build()))
                .isEqualTo(resolved("globex"));
    }

    @Test
    void a_trusted_proxy_that_forwards_no_host_leaves_the_host_of_the_call() {
        assertThat(oneHop.resolve(from(PROXY).build())).isEqualTo(resolved("acme"));
        assertThat(oneHop.resolve(from(PROXY).header("X-Forwarded-Host", "  ").build()))
                .isEqualTo(resolved("acme"));
        assertThat(oneHop.resolve(from(PROXY)
                        .header("Forwarded", "for=192.0.2.1;proto=https")
                        .build()))
                .isEqualTo(resolved("acme"));
    }

    @Test
    void RS_05_only_the_value_of_the_outermost_trusted_proxy_counts() {
        var spoofed = from(PROXY)
                .header("X-Forwarded-Host", "evil.app.com, globex.app.com")
                .build();
        var twoLines = from(PROXY)
                .header("X-Forwarded-Host", "evil.app.com")
                .header("X-Forwarded-Host", "globex.app.com, inner.app.com")
                .build();

        assertThat(oneHop.resolve(spoofed)).isEqualTo(resolved("globex"));
        assertThat(twoHops.resolve(twoLines)).isEqualTo(resolved("globex"));
        assertThat(twoHops.resolve(from(PROXY)
                        .header("Forwarded", "host=evil.app.com")
                        .header("Forwarded", "host=globex.app.com, host=inner.app.com")
                        .build()))
                .isEqualTo(resolved("globex"));

        // Control: the first value is the client's own.
        assertThat(spoofed.headers("x-forwarded-host").get(0).split(",")[0]).isEqualTo("evil.app.com");
    }

    @Test
    void RS_05_fewer_values_than_proxies_are_rejected() {
        assertThat(twoHops.resolve(
                        from(PROXY).header("X-Forwarded-Host", "globex.app.com").build()))
                .isEqualTo(UNUSABLE);
        assertThat(twoHops.resolve(
                        from(PROXY).header("Forwarded", "host=globex.app.com").build()))
                .isEqualTo(UNUSABLE);
    }

    @Test
    void RS_05_headers_that_disagree_are_rejected() {
        assertThat(oneHop.resolve(both("host=acme.app.com", "globex.app.com"))).isEqualTo(UNUSABLE);
        assertThat(oneHop.resolve(both("host=globex.app.com", "acme.app.com"))).isEqualTo(UNUSABLE);
        assertThat(oneHop.resolve(both("host=\"a b\"", "a b"))).isEqualTo(UNUSABLE);
    }

    @Test
    void headers_agree_by_name_whatever_their_port_case_and_final_dot() {
        assertThat(oneHop.resolve(both("host=\"globex.app.com:443\"", "Globex.app.com.")))
                .isEqualTo(resolved("globex"));
        assertThat(oneHop.resolve(both("for=192.0.2.1", "globex.app.com"))).isEqualTo(resolved("globex"));
        assertThat(oneHop.resolve(both("host=globex.app.com", ""))).isEqualTo(resolved("globex"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0000',
            value = {
                "Host=globex.app.com",
                "HOST=\"globex.app.com\"",
                "host=\"glob\\ex.app.com\"",
                "host=globex.app.com:8080",
                "for=\"[2001:db8::1]:4711\"; host=globex.app.com",
                "for=\"_a, host=evil.app.com\";host=globex.app.com",
                "host=evil.app.com , host=globex.app.com",
                "for=\"a\\\"b;host=evil.app.com\";host=globex.app.com"
            })
    void forwarded_is_read_as_its_grammar_says(String line) {
        assertThat(oneHop.resolve(from(PROXY).header("Forwarded", line).build()))
                .isEqualTo(resolved("globex"));
    }

    @Test
    void RS_05_control_whoever_splits_at_commas_reads_a_host_out_of_a_quoted_value() {
        var line = "for=\"_a, host=evil.app.com\";host=globex.app.com";

        assertThat(line.split(",")[1].split(";")[0].trim()).isEqualTo("host=evil.app.com\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "host",
                "host=",
                "=x",
                "host=a;host=b",
                "host=\"a",
                "host=\"a\\",
                "host=\"a\"b",
                ",",
                ";",
                "host=a,",
                "host=a;",
                "host=a b",
                "for=\"x, host=globex.app.com;for=\"192.0.2.1\"",
                "ho st=a",
                "host =a",
                "host=\"\""
            })
    void RS_05_what_is_no_forwarded_header_is_rejected(String line) {
        assertThat(oneHop.resolve(from(PROXY).header("Forwarded", line).build()))
                .isEqualTo(UNUSABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {",", "globex.app.com,", ",globex.app.com", "a,,b"})
    void RS_05_empty_values_are_rejected_for_they_shift_the_count(String line) {
        assertThat(oneHop.resolve(from(PROXY).header("X-Forwarded-Host", line).build()))
                .isEqualTo(UNUSABLE);
    }

    @Test
    void a_forwarded_host_is_read_as_strictly_as_any() {
        assertThat(oneHop.resolve(from(PROXY)
                        .header("X-Forwarded-Host", "x@globex.app.com")
                        .build()))
                .isEqualTo(Resolution.rejected("host"));
        assertThat(oneHop.resolve(from(PROXY)
                        .header("Forwarded", "host=\"x@globex.app.com\"")
                        .build()))
                .isEqualTo(Resolution.rejected("host"));
        assertThat(oneHop.resolve(from(PROXY)
                        .header("X-Forwarded-Host", "x".repeat(2_000))
                        .build()))
                .isEqualTo(UNUSABLE);
    }

    private static SubdomainTenantResolver behind(int hops) {
        return new SubdomainTenantResolver(
                SubdomainConfig.DEFAULTS.withPattern("app.com"),
                TrustConfig.DEFAULTS.withTrustedProxies("10.0.0.0/8").withForwardedHops(hops));
    }

    private static TenantResolutionContextBuilder from(String peer) {
        return TenantResolutionContext.builder().peer(peer).host("acme.app.com");
    }

    private static TenantResolutionContext both(String forwarded, String forwardedHost) {
        return from(PROXY)
                .header("Forwarded", forwarded)
                .header("X-Forwarded-Host", forwardedHost)
                .build();
    }
}
