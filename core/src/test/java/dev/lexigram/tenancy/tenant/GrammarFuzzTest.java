package dev.lexigram.tenancy.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Random texts, half hostile and half nearly right, against the grammars as regular expressions. */
class GrammarFuzzTest {

    private static final int TEXTS = 1_000_000;
    private static final String NEARLY_RIGHT = "abcdefghijklmnopqrstuvwxyz0123456789ABCXYZ_--";
    private static final String HOSTILE =
            "a\"';,. %/\\\n\r\0\u001b\u212A\u017F\u0131\u24D0\uFF41\u00AD\u200B\u0430-_Z9";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,55}");
    private static final Pattern SLUG = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Set<String> RESERVED = Set.of(
            ("public default null undefined none system admin root www api app static internal postgres template0"
                            + " template1 information_schema")
                    .split(" "));

    @Test
    void ID_01_a_million_random_texts_are_judged_as_the_grammars_say() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        for (var number = 0; number < TEXTS; number++) {
            var text = randomText(random);
            if (TenantId.parse(text).isPresent() != isId(text)
                    || Slug.parse(text).isPresent() != isSlug(text)) {
                assertThat(text).as("seed %d, text %d", seed, number).isEqualTo("judged as the grammar says");
            }
        }
    }

    @Test
    void the_same_texts_find_a_check_that_forgets_the_start_and_the_end() {
        var careless = Pattern.compile("[A-Za-z0-9_-]+");
        var random = new Random(42);
        var missed = 0;
        for (var number = 0; number < 1_000; number++) {
            var text = randomText(random);
            if (careless.matcher(text).find() != isId(text)) {
                missed++;
            }
        }

        assertThat(missed).isPositive();
    }

    private static boolean isId(String text) {
        return ID.matcher(text).matches() && !isReserved(text);
    }

    private static boolean isSlug(String text) {
        return SLUG.matcher(text).matches()
                && !text.startsWith("xn--")
                && !UUID.matcher(text).matches()
                && !isReserved(text);
    }

    private static boolean isReserved(String text) {
        var folded = text.toLowerCase(Locale.ROOT);
        return folded.startsWith("pg_") || RESERVED.contains(folded);
    }

    private static String randomText(Random random) {
        if (random.nextInt(20) == 0) {
            return nearlyReserved(random);
        }
        var alphabet = random.nextBoolean() ? NEARLY_RIGHT : HOSTILE;
        var text = new StringBuilder();
        for (var length = random.nextInt(random.nextInt(8) == 0 ? 80 : 12); length > 0; length--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private static String nearlyReserved(Random random) {
        var words = RESERVED.toArray(String[]::new);
        var word = random.nextInt(8) == 0 ? TenantId.generate().value() : words[random.nextInt(words.length)];
        return switch (random.nextInt(5)) {
            case 0 -> word.toUpperCase(Locale.ROOT);
            case 1 -> "pg_" + word;
            case 2 -> "xn--" + word;
            case 3 -> word + "x";
            default -> word;
        };
    }
}
