package dev.lexigram.tenancy.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the grammar of ids promises to whoever makes a name in PostgreSQL of one: {@code tenant_} and the id. */
class PhysicalNameTest {

    private static final int IDS = 1_000_000;
    private static final int POSTGRESQL_LIMIT = 63;
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";

    @Test
    void ID_02_a_name_holds_nothing_that_a_list_or_a_quote_is_made_of() {
        var random = new Random(1);
        for (var number = 0; number < 1_000; number++) {
            assertThat(physicalName(randomId(random))).matches("tenant_[A-Za-z0-9_-]+");
        }

        // Control: as a search path, the text that the grammar refuses reads as two schemas.
        assertThat("nosuch, tb".split(",")).hasSize(2);
        assertThat(TenantId.parse("nosuch, tb")).isEmpty();
    }

    @Test
    void ID_03_ids_that_only_differ_at_the_end_get_names_that_differ() {
        var one = TenantId.of("a".repeat(55) + "b");
        var other = TenantId.of("a".repeat(55) + "c");

        assertThat(truncated(physicalName(one))).isNotEqualTo(truncated(physicalName(other)));

        // Control: one character more, and PostgreSQL would cut both to one name.
        assertThat(truncated("tenant_" + "a".repeat(56) + "b")).isEqualTo(truncated("tenant_" + "a".repeat(56) + "c"));
        assertThat(TenantId.parse("a".repeat(56) + "b")).isEmpty();
    }

    @Test
    void ID_04_a_million_names_take_at_most_63_bytes_and_lead_back_to_their_ids() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        for (var number = 0; number < IDS; number++) {
            var id = randomId(random);
            var name = physicalName(id);
            var bytes = name.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > POSTGRESQL_LIMIT
                    || !truncated(name).substring("tenant_".length()).equals(id.value())) {
                assertThat(id.value()).as("seed %d", seed).isEqualTo("an id that its name leads back to");
            }
        }
    }

    @Test
    void ID_04_characters_of_many_bytes_never_come_near_the_limit() {
        var emoji = "\uD83D\uDE00".repeat(16);

        assertThat(TenantId.parse(emoji)).isEmpty();

        // Control: counted in characters it would pass, in bytes it is beyond the limit.
        assertThat(emoji.codePointCount(0, emoji.length())).isLessThan(TenantId.MAX_LENGTH);
        assertThat(("tenant_" + emoji).getBytes(StandardCharsets.UTF_8)).hasSizeGreaterThan(POSTGRESQL_LIMIT);
    }

    private static String physicalName(TenantId id) {
        return "tenant_" + id.value();
    }

    /** As PostgreSQL does with a longer name. */
    private static String truncated(String ascii) {
        return ascii.substring(0, Math.min(ascii.length(), POSTGRESQL_LIMIT));
    }

    private static TenantId randomId(Random random) {
        var length = 1 + random.nextInt(TenantId.MAX_LENGTH);
        var text = new StringBuilder();
        while (text.length() < length) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return TenantId.parse(text.toString()).orElseGet(() -> randomId(random));
    }
}
