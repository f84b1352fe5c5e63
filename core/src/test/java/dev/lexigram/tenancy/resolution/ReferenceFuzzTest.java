package dev.lexigram.tenancy.resolution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReferenceFuzzTest {

    private static final int TEXTS = 1_000_000;
    private static final String ALPHABET = "abcXYZ019_-_-";
    private static final String HOSTILE = "a.'\";, %/\\\n\r\0\u001b\u212A\u017F\u0131\uFF41\u00AD\u0430_-.@[`{:/";
    private static final Pattern FORM = Pattern.compile(References.FORM);
    private static final Pattern HOST_FORM =
            Pattern.compile("(?=.{1,253}$)" + References.FORM + "(\\." + References.FORM + ")*", Pattern.DOTALL);

    @Test
    void ID_01_a_million_random_texts_are_judged_as_the_grammar_says() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        for (var number = 0; number < TEXTS; number++) {
            var text = randomText(random);
            if (References.isReference(text) != FORM.matcher(text).matches()
                    || References.isHostReference(text)
                            != HOST_FORM.matcher(text).matches()) {
                assertThat(text).as("seed %d, text %d", seed, number).isEqualTo("judged as the grammar says");
            }
        }
    }

    @Test
    void host_references_have_up_to_253_characters() {
        var label = "a".repeat(63);

        assertThat(References.isHostReference(String.join(".", label, label, label, "a".repeat(61))))
                .isTrue();
        assertThat(References.isHostReference(String.join(".", label, label, label, "a".repeat(62))))
                .isFalse();
        assertThat(References.isHostReference("a." + label + "a")).isFalse();
        assertThat(References.isHostReference("a..b")).isFalse();
        assertThat(References.isHostReference("a.")).isFalse();
        assertThat(References.isHostReference(".a")).isFalse();
        assertThat(References.isHostReference("")).isFalse();
    }

    @Test
    void blank_text_says_nothing_and_any_other_is_a_reference_or_malformed() {
        assertThat(Resolution.resolved("")).isEqualTo(Resolution.absent());
        assertThat(Resolution.resolved(" ".repeat(63))).isEqualTo(Resolution.absent());
        assertThat(Resolution.resolved(" ".repeat(64))).isEqualTo(Resolution.rejected("malformed"));
        assertThat(Resolution.resolved("a.b")).isEqualTo(Resolution.rejected("malformed"));
        assertThat(Resolution.resolved("acme")).isEqualTo(new Resolution.Resolved("acme"));
    }

    private static String randomText(Random random) {
        var alphabet = random.nextInt(3) > 0 ? ALPHABET : HOSTILE;
        var text = new StringBuilder();
        for (var length = random.nextInt(random.nextInt(8) == 0 ? 80 : 12); length > 0; length--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
