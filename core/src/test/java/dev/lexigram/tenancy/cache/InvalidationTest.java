package dev.lexigram.tenancy.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.cache.Invalidation.ConfigChanged;
import dev.lexigram.tenancy.cache.Invalidation.MemberChanged;
import dev.lexigram.tenancy.cache.Invalidation.TenantChanged;
import dev.lexigram.tenancy.tenant.TenantId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InvalidationTest {

    private static final TenantId ACME = TenantId.of("acme");

    @Test
    void a_message_reads_as_it_was_written() {
        for (var change : new Invalidation[] {
            new TenantChanged(ACME, 1), new ConfigChanged(ACME, 2), new MemberChanged(ACME, "ada lovelace  ")
        }) {
            assertThat(Invalidation.parse(change.text())).contains(change);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "t",
                "t acme",
                "t acme ",
                "t acme -1",
                "t acme 1 2",
                "t acme 1234567890123456789",
                "t  1",
                "t acme one",
                "x acme 1",
                "T acme 1",
                "t ac:me 1",
                "t acme 1\n",
                "m acme ",
                "m ../acme ada"
            })
    void what_a_stranger_or_a_newer_node_sends_says_nothing(String text) {
        assertThat(Invalidation.parse(text)).isEmpty();
    }

    @Test
    void a_flood_of_text_is_not_even_split() {
        assertThat(Invalidation.parse("m acme " + "a".repeat(2000))).isEmpty();
        assertThat(Invalidation.parse("m acme " + "a".repeat(1000))).isPresent();
    }
}
