package dev.lexigram.tenancy.resolution;

import static dev.lexigram.tenancy.resolution.Calls.resolved;
import static dev.lexigram.tenancy.resolution.Calls.withHost;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import java.net.IDN;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubdomainIdnTest {

    private static final SubdomainConfig CONFIG = SubdomainConfig.DEFAULTS.withPattern("example.com");

    private final SubdomainTenantResolver plain = new SubdomainTenantResolver(CONFIG, TrustConfig.DEFAULTS);
    private final SubdomainTenantResolver idn = new SubdomainTenantResolver(CONFIG.withIdn(true), TrustConfig.DEFAULTS);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u24D0cme.example.com",
                "\uFF41cme.example.com",
                "acme\u3002example.com",
                "ac\u00ADme.example.com",
                "ac\u200Bme.example.com",
                "\uFF21\uFF23\uFF2D\uFF25.example.com"
            })
    void ID_08_text_that_idna_would_map_to_a_tenants_name_is_rejected(String host) {
        assertThat(plain.resolve(withHost(host))).isEqualTo(Resolution.rejected("host"));
        assertThat(idn.resolve(withHost(host))).isEqualTo(Resolution.rejected("idn"));

        // Control: the JDK maps every one of them to acme.
        assertThat(IDN.toASCII(host)).isEqualToIgnoringCase("acme.example.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"xn--cme-5cd.example.com", "XN--CME-5CD.example.com", "xn--.example.com", "xn--acme.example.com"
            })
    void ID_09_punycode_is_rejected_unless_enabled(String host) {
        assertThat(plain.resolve(withHost(host))).isEqualTo(Resolution.rejected("idn"));
    }

    @Test
    void ID_09_enabled_a_look_alike_is_a_tenant_of_its_own_and_never_acme() {
        assertThat(idn.resolve(withHost("xn--cme-5cd.example.com"))).isEqualTo(resolved("xn--cme-5cd"));
        assertThat(idn.resolve(withHost("\u0430cme.example.com"))).isEqualTo(resolved("xn--cme-5cd"));

        // Control: shown as text, nobody can tell it from acme.
        assertThat(IDN.toUnicode("xn--cme-5cd")).isEqualTo("\u0430cme").isNotEqualTo("acme");
    }

    @ParameterizedTest
    @ValueSource(strings = {"m\u00fcller.example.com", "xn--mller-kva.example.com", "XN--Mller-KVA.Example.com:443"})
    void enabled_both_spellings_give_the_same_punycode(String host) {
        assertThat(idn.resolve(withHost(host))).isEqualTo(resolved("xn--mller-kva"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "M\u00dcLLER.example.com",
                "stra\u00dfe.example.com",
                "mu\u0308ller.example.com",
                "\u0085.example.com",
                "\u202Eemca.example.com",
                "\uD800.example.com",
                "m\u00fcller\u3002example.com"
            })
    void enabled_text_with_more_than_one_reading_is_rejected(String host) {
        assertThat(idn.resolve(withHost(host))).isEqualTo(Resolution.rejected("idn"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "xn--.example.com",
                "xn--999999999.example.com",
                "xn--acme-.example.com",
                "xn--\u00fc.example.com"
            })
    void enabled_punycode_that_encodes_nothing_is_rejected(String host) {
        assertThat(idn.resolve(withHost(host))).isEqualTo(Resolution.rejected("idn"));
    }

    @Test
    void enabled_the_base_may_be_written_in_both_spellings() {
        for (var base : new String[] {"m\u00fcller.de", "xn--mller-kva.de"}) {
            var resolver = new SubdomainTenantResolver(CONFIG.withPattern(base).withIdn(true), TrustConfig.DEFAULTS);

            assertThat(resolver.resolve(withHost("acme.m\u00fcller.de"))).isEqualTo(resolved("acme"));
            assertThat(resolver.resolve(withHost("acme.xn--mller-kva.de"))).isEqualTo(resolved("acme"));
        }
        assertThatExceptionOfType(TenancyConfigurationException.class)
                .isThrownBy(() -> new SubdomainTenantResolver("m\u00fcller.de"));
    }

    @Test
    void punycode_of_another_domain_says_nothing() {
        assertThat(plain.resolve(withHost("xn--mller-kva.de"))).isEqualTo(Resolution.absent());
        assertThat(idn.resolve(withHost("m\u00fcller.de"))).isEqualTo(Resolution.absent());
    }
}
