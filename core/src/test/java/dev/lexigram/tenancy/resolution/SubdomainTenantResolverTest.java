package dev.lexigram.tenancy.resolution;

import static dev.lexigram.tenancy.resolution.Calls.resolved;
import static dev.lexigram.tenancy.resolution.Calls.withHost;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import java.net.URI;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubdomainTenantResolverTest {

    private static final Resolution ABSENT = Resolution.absent();
    private static final Resolution NO_HOST = Resolution.rejected("host");

    private final SubdomainTenantResolver resolver = new SubdomainTenantResolver("app.com");

    @Test
    void it_is_asked_as_subdomain_with_priority_30() {
        assertThat(resolver.name()).isEqualTo("subdomain");
        assertThat(resolver.priority()).isEqualTo(30);
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme.app.com", "ACME.APP.COM", "Acme.App.Com", "acme.app.com:8080", "ACME.app.com.:443"})
    void the_label_below_the_base_names_a_tenant_in_lower_case(String host) {
        assertThat(resolver.resolve(withHost(host))).isEqualTo(resolved("acme"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"app.com", ".app.com", "APP.COM", "app.com.", ".App.com."})
    void the_base_is_the_same_with_and_without_dots_around_it(String base) {
        assertThat(new SubdomainTenantResolver(base).resolve(withHost("acme.app.com")))
                .isEqualTo(resolved("acme"));
    }

    @Test
    void a_base_of_one_label_serves_development() {
        assertThat(new SubdomainTenantResolver("localhost").resolve(withHost("acme.localhost:8080")))
                .isEqualTo(resolved("acme"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"www", "api", "admin", "app", "static", "WWW", "Admin"})
    void a_reserved_label_says_nothing(String label) {
        assertThat(resolver.resolve(withHost(label + ".app.com"))).isEqualTo(ABSENT);
    }

    @Test
    void reserved_labels_can_be_chosen() {
        var chosen = new SubdomainTenantResolver(
                SubdomainConfig.DEFAULTS.withPattern("app.com").withReserved("Status"), TrustConfig.DEFAULTS);

        assertThat(chosen.resolve(withHost("status.app.com"))).isEqualTo(ABSENT);
        assertThat(chosen.resolve(withHost("www.app.com"))).isEqualTo(resolved("www"));
    }

    @Test
    void no_host_or_a_blank_one_says_nothing() {
        assertThat(resolver.resolve(TenantResolutionContext.builder().build())).isEqualTo(ABSENT);
        assertThat(resolver.resolve(withHost(""))).isEqualTo(ABSENT);
        assertThat(resolver.resolve(withHost("  "))).isEqualTo(ABSENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.app.com:80@evil.com", "user@acme.app.com", "acme.app.com@evil.com", "acme.app.com:80:90",
                        "ac me.app.com",
                " acme.app.com", "acme.app.com ", "acme.app.com\r\nX: y", "acme\u0000.app.com", "\u001b[2J.app.com",
                "acme.app.com/", "acme.app.com?x", "acme.app.com#x", "acme\\.app.com", "http://acme.app.com",
                "acme%2eapp.com", "acme.app.com,globex.app.com", "*.app.com"
            })
    void RS_06_user_info_and_whatever_is_no_host_is_rejected(String host) {
        assertThat(resolver.resolve(withHost(host))).isEqualTo(NO_HOST);
    }

    @Test
    void RS_06_control_the_jdk_finds_another_host_behind_the_at_sign() {
        assertThat(URI.create("http://a.app.com:80@evil.com/").getHost()).isEqualTo("evil.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "acme.app.com:",
                "acme.app.com:0",
                "acme.app.com:65536",
                "acme.app.com:999999",
                "acme.app.com:8o80",
                "acme.app.com:-1",
                "acme.app.com:+80",
                "acme.app.com: 80",
                "acme.app.com:\u0668\u0660"
            })
    void RS_06_a_bad_port_is_rejected(String host) {
        assertThat(resolver.resolve(withHost(host))).isEqualTo(NO_HOST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme.app.com:1", "acme.app.com:65535", "acme.app.com:08080"})
    void RS_06_a_port_is_left_out(String host) {
        assertThat(resolver.resolve(withHost(host))).isEqualTo(resolved("acme"));
    }

    @Test
    void RS_07_one_final_dot_makes_no_difference_and_a_second_is_rejected() {
        assertThat(resolver.resolve(withHost("acme.app.com."))).isEqualTo(resolved("acme"));
        assertThat(resolver.resolve(withHost("acme.app.com..")))
                .isEqualTo(NO_HOST)
                .isEqualTo(resolver.resolve(withHost("acme..app.com")))
                .isEqualTo(resolver.resolve(withHost(".app.com")))
                .isEqualTo(resolver.resolve(withHost(".")));

        // Control: whoever compares ends finds no tenant, or one more cache entry, behind the dot.
        assertThat("acme.app.com.".endsWith(".app.com")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "10.0.0.1:8080",
                "[::1]",
                "[::1]:8080",
                "::1",
                "fe80::1",
                "[2001:db8::1]:443",
                "0x7f.1",
                "0x7f000001",
                "2130706433",
                "127.1",
                "[::ffff:10.0.0.1]"
            })
    void RS_08_an_address_names_no_tenant(String host) {
        assertThat(resolver.resolve(withHost(host))).isEqualTo(ABSENT);
    }

    @Test
    void RS_08_control_the_first_label_of_an_address_is_no_tenant() {
        assertThat("10.0.0.1".split("\\.")[0]).isEqualTo("10");
        assertThat(Resolution.resolved("10")).isEqualTo(resolved("10"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "[]",
                "[::1",
                "[acme.app.com]",
                "[10.0.0.1]",
                "[10.0.0.1]:80",
                "[::1]x",
                "[::1]:",
                "[::1]:99999",
                "[::1].app.com",
                "[:]"
            })
    void RS_08_brackets_without_an_address_are_rejected(String host) {
        assertThat(resolver.resolve(withHost(host))).isEqualTo(NO_HOST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "acme.app.com.evil.com",
                "evilapp.com",
                "acme.evilapp.com",
                "b.acme.app.com",
                "app.com",
                "com",
                "acme.com",
                "acmeapp.com",
                "acme.app.co",
                "acme.app.com.br",
                "xapp.com"
            })
    void RS_09_only_one_label_below_exactly_this_base_names_a_tenant(String host) {
        assertThat(resolver.resolve(withHost(host))).isEqualTo(ABSENT);
    }

    @Test
    void RS_09_control_looser_comparisons_find_tenants_elsewhere() {
        assertThat("evilapp.com".endsWith("app.com")).isTrue();
        assertThat("acme.app.com.evil.com".contains(".app.com")).isTrue();
        assertThat("acme.evil.com".split("\\.")[0]).isEqualTo("acme");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "..app.com",
                "app..com",
                "10.0.0.1",
                "::1",
                "[::1]",
                "0.1",
                "app.com:80",
                "*.app.com",
                "https://app.com",
                "app.com/x",
                "m\u00fcller.de",
                "a@b.com"
            })
    void RS_09_without_a_base_domain_nothing_starts(String base) {
        assertThatExceptionOfType(TenancyConfigurationException.class)
                .isThrownBy(() -> new SubdomainTenantResolver(base))
                .withMessageContaining("resolution.subdomain_pattern")
                .withMessageContaining("example.com");
        assertThatExceptionOfType(TenancyConfigurationException.class)
                .isThrownBy(() -> new SubdomainTenantResolver(SubdomainConfig.DEFAULTS, TrustConfig.DEFAULTS));
    }

    @Test
    void RS_10_an_underscore_is_part_of_a_label() {
        assertThat(resolver.resolve(withHost("acme_dev.app.com"))).isEqualTo(resolved("acme_dev"));

        // Control: the JDK finds no host at all, and whoever has a default for that uses it.
        assertThat(URI.create("http://acme_dev.app.com/").getHost()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-acme.app.com", "_acme.app.com", "-.app.com", "_.app.com"})
    void RS_10_a_label_that_is_no_reference_is_rejected(String host) {
        assertThat(resolver.resolve(withHost(host))).isEqualTo(Resolution.rejected("malformed"));
    }

    @Test
    void ID_15_a_label_has_up_to_63_characters_and_a_host_up_to_253() {
        assertThat(resolver.resolve(withHost("a".repeat(63) + ".app.com"))).isEqualTo(resolved("a".repeat(63)));
        assertThat(resolver.resolve(withHost("a".repeat(64) + ".app.com"))).isEqualTo(Resolution.rejected("malformed"));
        assertThat(resolver.resolve(withHost("a".repeat(245) + ".app.com")))
                .isEqualTo(Resolution.rejected("malformed"));
        assertThat(resolver.resolve(withHost("a".repeat(246) + ".app.com"))).isEqualTo(NO_HOST);
        assertThat(resolver.resolve(withHost("a".repeat(10_000)))).isEqualTo(NO_HOST);
        assertThat(resolver.resolve(withHost(" ".repeat(10_000)))).isEqualTo(NO_HOST);
    }

    @ParameterizedTest
    @CsvSource({
        "sub.domain.app.com, sub.domain",
        "SUB.Domain.app.com:80, sub.domain",
        "acme.app.com, acme",
        "a.b.c.app.com, ",
        "www.acme.app.com, ",
        "acme.www.app.com, "
    })
    void with_more_labels_allowed_they_make_one_dotted_reference(String host, String reference) {
        var deep = new SubdomainTenantResolver(
                SubdomainConfig.DEFAULTS.withPattern("app.com").withMaxLabels(2), TrustConfig.DEFAULTS);

        assertThat(deep.resolve(withHost(host))).isEqualTo(reference == null ? ABSENT : resolved(reference));
        assertThat(deep.resolve(withHost("-a.b.app.com"))).isEqualTo(Resolution.rejected("malformed"));
        assertThat(deep.resolve(withHost("a..app.com"))).isEqualTo(NO_HOST);
    }

    @Test
    void ID_06_a_turkish_locale_folds_hosts_as_ascii() {
        var before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr-TR"));
        try {
            var titles = new SubdomainTenantResolver("TITLE.COM");
            assertThat(titles.resolve(withHost("ACME-INC.TITLE.COM"))).isEqualTo(resolved("acme-inc"));
            assertThat(titles.resolve(withHost("STATIC.title.com"))).isEqualTo(ABSENT);
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u212Aiosk.app.com", "kio\u017Fk.app.com", "acme.app.\u212Aom", "t\u0131tle.app.com"})
    void ID_07_letters_that_fold_to_ascii_are_rejected(String host) {
        assertThat(resolver.resolve(withHost(host))).isEqualTo(NO_HOST);
    }
}
