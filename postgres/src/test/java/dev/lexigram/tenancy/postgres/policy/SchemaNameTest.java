package dev.lexigram.tenancy.postgres.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.tenant.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaNameTest {

    private static final String SYMBOLS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";

    @Test
    void I_3_it_is_the_id_with_a_word_before_it() {
        assertThat(SchemaName.of(TenantId.of("tenant_abc"))).hasToString("tenant_tenant_abc");
        assertThat(SchemaName.of(TenantId.of("0190b6d2-0000-7000-8000-000000000000"))
                        .sql())
                .isEqualTo("\"tenant_0190b6d2-0000-7000-8000-000000000000\"");
    }

    @Test
    void ID_04_every_name_fits_and_gives_its_id_back() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        for (var count = 0; count < 1_000_000; count++) {
            var text = text(random);
            TenantId.parse(text).ifPresent(id -> {
                var name = SchemaName.of(id);
                assertThat(name.value().getBytes(StandardCharsets.UTF_8).length)
                        .as("seed " + seed)
                        .isLessThanOrEqualTo(63);
                assertThat(name.tenant()).as("seed " + seed).contains(id);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 16})
    void ID_04_control_names_of_four_byte_characters_would_be_cut(int characters) {
        var name = "\uD83D\uDE00".repeat(characters);

        if (characters == 15) {
            assertThat(new SchemaName(name).value()).isEqualTo(name);
        } else {
            assertThatThrownBy(() -> new SchemaName(name)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void O_3_an_archive_is_named_by_its_schema_and_the_second() {
        var archived = SchemaName.of(TenantId.of("acme")).archived(Instant.ofEpochSecond(1_790_000_000));

        assertThat(archived.value()).matches("archived_[0-9a-f]{32}_1790000000").hasSize(52);
        assertThat(archived.tenant()).isEmpty();
        assertThat(SchemaName.of(TenantId.of("Acme")).archived(Instant.ofEpochSecond(1_790_000_000)))
                .isNotEqualTo(archived);
    }

    @Test
    void a_mark_is_read_as_it_is_written_and_not_otherwise() {
        var mark = new SchemaMarker(TenantId.of("acme"), UUID.fromString("0190b6d2-0000-7000-8000-000000000000"));

        assertThat(SchemaMarker.parse(mark.text())).contains(mark);
        assertThat(SchemaMarker.parse(mark.text() + " ")).isEmpty();
        assertThat(SchemaMarker.parse(mark.text().replace("acme", "ac me"))).isEmpty();
        assertThat(SchemaMarker.parse(mark.text().replace("0190b6d2-", "-0190b6d2")))
                .isEmpty();
        assertThat(SchemaMarker.parse("")).isEmpty();
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        var length = 1 + random.nextInt(TenantId.MAX_LENGTH);
        while (text.length() < length) {
            text.append(SYMBOLS.charAt(random.nextInt(SYMBOLS.length())));
        }
        return text.toString();
    }
}
