package dev.lexigram.tenancy.resolution;

import static dev.lexigram.tenancy.resolution.Calls.resolved;
import static dev.lexigram.tenancy.resolution.Calls.withHeader;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderTenantResolverTest {

    private final HeaderTenantResolver resolver = new HeaderTenantResolver();

    @Test
    void it_is_asked_as_header_with_priority_20() {
        assertThat(resolver.name()).isEqualTo("header");
        assertThat(resolver.priority()).isEqualTo(20);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {"acme|acme", "Acme|Acme", "\"  acme\t\"|acme", "a_b-C9|a_b-C9", "42|42"})
    void a_value_is_trimmed_and_keeps_its_case(String sent, String reference) {
        assertThat(resolver.resolve(withHeader(sent))).isEqualTo(resolved(reference));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t", "   \t "})
    void a_missing_or_blank_value_says_nothing(String blank) {
        assertThat(resolver.resolve(withHeader())).isEqualTo(Resolution.absent());
        assertThat(resolver.resolve(withHeader(blank))).isEqualTo(Resolution.absent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-acme",
                "_acme",
                "ac me",
                "../acme",
                "a\u0000cme",
                "acme\n",
                "acme\r\nSet-Cookie: x",
                "\u001b[2J",
                "acme'; drop schema public",
                "acme.globex",
                "acme;v=1",
                "\"acme\"",
                "\u00a0acme",
                "${x}",
                "acme%20"
            })
    void ID_13_what_is_no_reference_is_rejected_and_not_repeated(String hostile) {
        assertThat(resolver.resolve(withHeader(hostile))).isEqualTo(Resolution.rejected("malformed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u212Aiosk", "kio\u017Fk", "\u24D0cme", "\uFF41cme", "ac\u00ADme", "ac\u200Bme"})
    void ID_07_letters_that_look_like_ascii_are_rejected_not_mapped(String lookAlike) {
        assertThat(resolver.resolve(withHeader(lookAlike))).isEqualTo(Resolution.rejected("malformed"));
    }

    @Test
    void RS_03_two_values_or_a_comma_are_rejected_even_when_equal() {
        assertThat(resolver.resolve(withHeader("acme", "globex"))).isEqualTo(Resolution.rejected("ambiguous"));
        assertThat(resolver.resolve(withHeader("acme", "acme"))).isEqualTo(Resolution.rejected("ambiguous"));
        assertThat(resolver.resolve(withHeader("acme", " ACME "))).isEqualTo(Resolution.rejected("ambiguous"));
        assertThat(resolver.resolve(withHeader("acme", ""))).isEqualTo(Resolution.rejected("ambiguous"));
        assertThat(resolver.resolve(withHeader("acme, globex"))).isEqualTo(Resolution.rejected("ambiguous"));
        assertThat(resolver.resolve(withHeader("acme,"))).isEqualTo(Resolution.rejected("ambiguous"));
        assertThat(resolver.resolve(withHeader(","))).isEqualTo(Resolution.rejected("ambiguous"));
    }

    @Test
    void RS_03_control_whoever_takes_the_first_or_the_last_value_believes_the_attacker() {
        var values = withHeader("globex", "acme").headers("x-tenant-id");

        assertThat(values.get(0)).isNotEqualTo(values.get(values.size() - 1));
        assertThat("acme, globex".split(",")[0]).isEqualTo("acme");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"X_Tenant_ID", "x-tenant_id", "x-tenant-id ", " x-tenant-id", "xtenantid", "x-tenant-i\u0131d"})
    void RS_04_only_the_exact_name_counts(String alias) {
        var call = TenantResolutionContext.builder().header(alias, "globex").build();

        assertThat(resolver.resolve(call)).isEqualTo(Resolution.absent());
    }

    @Test
    void RS_04_control_who_reads_names_as_variables_reads_the_alias() {
        assertThat(asVariable("X_Tenant_ID")).isEqualTo(asVariable("x-tenant-id"));
    }

    @Test
    void names_match_in_any_case_of_ascii_and_of_nothing_else() {
        var kiosk = new HeaderTenantResolver("X-Kiosk");

        assertThat(kiosk.resolve(call("x-KIOSK"))).isEqualTo(resolved("acme"));
        assertThat(kiosk.resolve(call("x-\u212Aiosk"))).isEqualTo(Resolution.absent());

        // Control: the JDK's folding takes the Kelvin sign for a k.
        assertThat("x-\u212Aiosk".toLowerCase(Locale.ROOT)).isEqualTo("x-kiosk");
    }

    @Test
    void ID_06_a_turkish_locale_changes_neither_names_nor_values() {
        var before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr-TR"));
        try {
            var title = new HeaderTenantResolver("X-TITLE-ID");
            var call = TenantResolutionContext.builder()
                    .header("x-title-id", "TITLE")
                    .build();
            assertThat(title.resolve(call)).isEqualTo(resolved("TITLE"));
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 10_000, 1_000_000})
    void ID_15_a_longer_value_is_rejected(int length) {
        assertThat(resolver.resolve(withHeader("a".repeat(length)))).isEqualTo(Resolution.rejected("malformed"));
        assertThat(resolver.resolve(withHeader("a".repeat(63)))).isEqualTo(resolved("a".repeat(63)));
    }

    @Test
    void ID_15_blanks_around_a_value_count_before_they_are_cut_off() {
        assertThat(resolver.resolve(withHeader(" ".repeat(1_020) + "acme"))).isEqualTo(resolved("acme"));
        assertThat(resolver.resolve(withHeader(" ".repeat(1_021) + "acme")))
                .isEqualTo(Resolution.rejected("malformed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x tenant", "x-tenant:", "x\n", "\u212A"})
    void a_name_that_no_header_can_have_is_refused(String name) {
        assertThatExceptionOfType(TenancyConfigurationException.class)
                .isThrownBy(() -> new HeaderTenantResolver(name))
                .withMessageContaining("resolution.header_name");
    }

    @Test
    void a_name_has_at_most_128_characters() {
        assertThat(new HeaderTenantResolver("x".repeat(128)).name()).isEqualTo("header");
        assertThatExceptionOfType(TenancyConfigurationException.class)
                .isThrownBy(() -> new HeaderTenantResolver("x".repeat(129)));
    }

    private static TenantResolutionContext call(String name) {
        return TenantResolutionContext.builder().header(name, "acme").build();
    }

    /** As CGI does (RFC 3875, section 4.1.18). */
    private static String asVariable(String name) {
        return "HTTP_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
