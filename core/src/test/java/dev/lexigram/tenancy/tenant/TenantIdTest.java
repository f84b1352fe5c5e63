package dev.lexigram.tenancy.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class TenantIdTest {

    static final List<String> HOSTILE = HostileTexts.ALL;

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "0", "acme", "ACME", "tenant-abc", "tenant_abc", "xn--cme-5cd", "a-", "pg", "publics", "42"
            })
    void an_id_is_ascii_letters_digits_hyphens_and_underscores(String text) {
        assertThat(TenantId.of(text).value()).isEqualTo(text);
        assertThat(TenantId.parse(text)).contains(new TenantId(text));
        assertThat(TenantId.of(text)).hasToString(text);
    }

    @ParameterizedTest
    @FieldSource("HOSTILE")
    void ID_01_a_text_that_is_more_than_a_name_is_no_id(String hostile) {
        assertThat(TenantId.parse(hostile)).isEmpty();
        assertThatExceptionOfType(InvalidTenantException.class).isThrownBy(() -> TenantId.of(hostile));
    }

    @Test
    void ID_05_ids_that_differ_in_case_are_different_ids() {
        assertThat(TenantId.of("TB")).isNotEqualTo(TenantId.of("tb"));
        assertThat(TenantId.of("TB").compareTo(TenantId.of("tb"))).isNegative();

        // Control: folded as SQL folds an unquoted name, they are one.
        assertThat("TB".toLowerCase(Locale.ROOT)).isEqualTo("tb");
    }

    @Test
    void ID_06_a_turkish_locale_changes_no_decision() {
        var before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr-TR"));
        try {
            assertThat(TenantId.parse("INTERNAL")).isEmpty();
            assertThat(TenantId.parse("PG_TITLE")).isEmpty();
            assertThat(TenantId.of("TITLE").value()).isEqualTo("TITLE");
            assertThat(TenantStatus.SUSPENDED.wireName()).isEqualTo("suspended");
            assertThat(TenantStatus.fromWireName("provisioning")).isEqualTo(TenantStatus.PROVISIONING);

            // Control: what folds by the default locale lets the reserved word pass.
            assertThat(foldedByDefaultLocale("INTERNAL")).isNotEqualTo("internal");
            assertThat(foldedByDefaultLocale("TITLE")).isEqualTo("t\u0131tle");
        } finally {
            Locale.setDefault(before);
        }
    }

    @SuppressWarnings("StringCaseLocaleUsage") // the mistake itself
    private static String foldedByDefaultLocale(String text) {
        return text.toLowerCase();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u212Aiosk", "kio\u017Fk"})
    void ID_07_letters_that_fold_to_ascii_are_refused_before_anything_folds(String lookAlike) {
        assertThat(TenantId.parse(lookAlike)).isEmpty();
        assertThat(Slug.parse(lookAlike)).isEmpty();

        // Control: folding makes them kiosk.
        assertThat("kiosk".equalsIgnoreCase(lookAlike)).isTrue();
    }

    @Test
    void ID_10_a_line_break_at_the_end_is_no_part_of_an_id() {
        assertThat(TenantId.parse("acme\n")).isEmpty();
        assertThat(Slug.parse("acme\n")).isEmpty();

        // Control: the usual check lets it pass.
        assertThat(Pattern.compile("^[a-z0-9-]+$").matcher("acme\n").find()).isTrue();
    }

    @Test
    void ID_11_a_nul_is_no_part_of_an_id() {
        assertThat(TenantId.parse("a\0b")).isEmpty();
        assertThat(Slug.parse("a\0b")).isEmpty();

        // Control: a check for blanks and printable ends sees nothing wrong.
        assertThat("a\0b".isBlank()).isFalse();
        assertThat("a\0b".trim()).isEqualTo("a\0b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../b", "a/b", "..", "a\\b", "..%2fb"})
    void ID_12_an_id_leads_out_of_no_directory(String traversal) {
        assertThat(TenantId.parse(traversal)).isEmpty();
        assertThat(Slug.parse(traversal)).isEmpty();
    }

    @Test
    void ID_12_without_the_grammar_a_path_leaves_its_root() {
        var root = Path.of("files", "a").toAbsolutePath();

        assertThat(root.resolve("../b").normalize().startsWith(root)).isFalse();
    }

    @ParameterizedTest
    @FieldSource("HOSTILE")
    void ID_13_an_error_never_repeats_the_text(String hostile) {
        assertThatExceptionOfType(InvalidTenantException.class)
                .isThrownBy(() -> TenantId.of(hostile))
                .satisfies(error -> {
                    assertThat(error.code()).isEqualTo("LEX_ERR_TENANT_021");
                    assertThat(error.getMessage())
                            .isEqualTo("Not a tenant id (" + hostile.length()
                                    + " characters); expected: [A-Za-z0-9][A-Za-z0-9_-]{0,55}, no reserved word.");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "public",
                "pg_catalog",
                "pg_temp",
                "pg_",
                "information_schema",
                "default",
                "null",
                "undefined",
                "none",
                "system",
                "www",
                "admin",
                "root",
                "api",
                "app",
                "static",
                "internal",
                "postgres",
                "template0",
                "template1",
                "PUBLIC",
                "Pg_Temp",
                "NULL",
                "Information_Schema"
            })
    void ID_14_reserved_words_are_no_ids_in_any_case(String word) {
        assertThat(TenantId.parse(word)).isEmpty();
        assertThatExceptionOfType(InvalidTenantException.class).isThrownBy(() -> TenantId.of(word));

        // Control: the grammar alone would let them pass.
        assertThat(word).matches("[A-Za-z0-9][A-Za-z0-9_-]{0,55}");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 57, 63, 64, 10_000, 1_000_000})
    void ID_15_an_empty_or_longer_text_is_no_id(int length) {
        assertThat(TenantId.parse("a".repeat(length))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 36, 55, 56})
    void ID_15_up_to_56_characters_are_an_id(int length) {
        assertThat(TenantId.parse("a".repeat(length))).isPresent();
    }

    @Test
    void ID_15_control_without_the_bound_two_ids_would_share_one_physical_name() {
        var first = "a".repeat(56) + "1";
        var second = "a".repeat(56) + "2";
        assertThat(first).matches("[A-Za-z0-9][A-Za-z0-9_-]*");

        // PostgreSQL cuts an identifier after 63 bytes, with a notice only.
        assertThat(("tenant_" + first).substring(0, 63)).isEqualTo(("tenant_" + second).substring(0, 63));
        assertThat(TenantId.parse(first)).isEmpty();
        assertThat(TenantId.parse(second)).isEmpty();
    }

    @Test
    void a_generated_id_is_a_lower_case_uuid_of_version_7() {
        var uuid = UUID.fromString(TenantId.generate().value());

        assertThat(uuid.version()).isEqualTo(7);
        assertThat(uuid.variant()).isEqualTo(2);
        assertThat(TenantId.generate().value()).isLowerCase().hasSize(36);
        assertThat(TenantId.generate()).isNotEqualTo(TenantId.generate());
    }
}
