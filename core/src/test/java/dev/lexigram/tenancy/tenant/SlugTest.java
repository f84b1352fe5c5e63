package dev.lexigram.tenancy.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.IDN;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlugTest {

    static final List<String> HOSTILE = HostileTexts.ALL;

    @ParameterizedTest
    @ValueSource(strings = {"a", "7", "acme", "acme-2", "a--b", "newco", "x", "xn-acme", "publics"})
    void a_slug_is_a_label_in_lower_case(String text) {
        assertThat(Slug.of(text).value()).isEqualTo(text);
        assertThat(Slug.parse(text)).contains(new Slug(text));
        assertThat(Slug.of(text)).hasToString(text);
    }

    @ParameterizedTest
    @FieldSource("HOSTILE")
    void ID_01_a_text_that_is_more_than_a_label_is_no_slug(String hostile) {
        assertThat(Slug.parse(hostile)).isEmpty();
        assertThatExceptionOfType(InvalidTenantException.class)
                .isThrownBy(() -> Slug.of(hostile))
                .withMessage(
                        "Not a tenant slug (" + hostile.length()
                                + " characters); expected: [a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?, no UUID, no 'xn--', no reserved word.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACME", "Acme", "acme_2", "acme-", "-acme", "-", "xn--cme-5cd", "xn--"})
    void what_is_an_id_may_be_no_slug(String text) {
        assertThat(Slug.parse(text)).isEmpty();
    }

    @Test
    void ID_09_a_label_in_punycode_is_never_a_slug() {
        assertThat(Slug.parse("xn--cme-5cd")).isEmpty();

        // Control: the grammar alone takes the Cyrillic look-alike of acme.
        assertThat("xn--cme-5cd").matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
        assertThat(IDN.toUnicode("xn--cme-5cd")).isEqualTo("\u0430cme");
    }

    @Test
    void a_slug_is_not_shaped_like_a_generated_id() {
        var id = TenantId.generate().value();

        assertThat(Slug.parse(id)).isEmpty();
        assertThat(Slug.parse(id.replace('-', 'a'))).isPresent();
        assertThat(Slug.parse("g" + id.substring(1))).isPresent();
        assertThat(Slug.parse(id + "a")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"public", "default", "null", "undefined", "system", "www", "admin", "root", "template1"})
    void ID_14_reserved_words_are_no_slugs(String word) {
        assertThat(Slug.parse(word)).isEmpty();

        // Control: the grammar alone would let them pass.
        assertThat(word).matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    }

    @Test
    void ID_15_control_without_the_bound_a_slug_would_be_no_label_of_dns() {
        var slug = "a".repeat(64);

        assertThat(slug).matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?");
        assertThatThrownBy(() -> IDN.toASCII(slug + ".example.com")).isInstanceOf(IllegalArgumentException.class);
        assertThat(Slug.parse(slug)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 64, 10_000, 1_000_000})
    void ID_15_an_empty_or_longer_text_is_no_slug(int length) {
        assertThat(Slug.parse("a".repeat(length))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 62, 63})
    void ID_15_up_to_63_characters_are_a_slug(int length) {
        assertThat(Slug.parse("a".repeat(length))).isPresent();
    }
}
