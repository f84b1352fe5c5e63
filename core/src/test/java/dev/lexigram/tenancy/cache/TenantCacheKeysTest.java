package dev.lexigram.tenancy.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantRequiredException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TenantCacheKeysTest {

    private static final Tenant ACME = Tenant.active(TenantId.of("acme"), Slug.of("acme"), "Acme", Instant.EPOCH);
    private static final String LETTERS = "ab:%_-t*?[]{} 3A\n\u0000\u0085\u00e9\ud83d\ude00";

    @Test
    void a_key_says_whose_it_is() {
        TenantContext.runAs(ACME, () -> {
            assertThat(TenantCacheKeys.key("k")).isEqualTo("t:acme:k");
            assertThat(TenantCacheKeys.key("k")).startsWith(TenantCacheKeys.prefix(ACME.id()));
        });
        assertThat(TenantCacheKeys.shared("k")).isEqualTo("g:k");
        assertThat(new TenantCacheKey(ACME.id(), List.of(1, 2))).hasToString("t:acme:%5B1,%202%5D");
    }

    @Test
    void without_a_tenant_there_is_no_key() {
        assertThatThrownBy(() -> TenantCacheKeys.key("k")).isInstanceOf(TenantRequiredException.class);
    }

    @ParameterizedTest
    @CsvSource({"t:*, t%3A%2A", "a b, a%20b", "100%, 100%25", "{x}[y]?, %7Bx%7D%5By%5D%3F"})
    void CA_02_what_means_something_in_a_pattern_is_escaped(String key, String escaped) {
        assertThat(TenantCacheKeys.shared(key)).isEqualTo("g:" + escaped);
    }

    @Test
    void CA_02_control_characters_are_escaped() {
        assertThat(TenantCacheKeys.shared("a\r\nDEL b\u0000\u0085")).isEqualTo("g:a%0D%0ADEL%20b%00%85");
    }

    @Test
    void CA_01_no_two_pairs_of_tenant_and_key_have_the_same_text() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        Map<String, TenantCacheKey> known = new HashMap<>();
        for (int time = 0; time < 1_000_000; time++) {
            var key = new TenantCacheKey(TenantId.of(id(random)), key(random));

            var earlier = known.putIfAbsent(key.toString(), key);

            assertThat(earlier == null || earlier.equals(key))
                    .as("seed %d: %s and %s", seed, earlier, key)
                    .isTrue();
        }
        assertThat(known).hasSizeGreaterThan(1_000);
    }

    @Test
    void CA_01_control_keys_that_are_only_joined_collide() {
        assertThat(joined("a:b", "c")).isEqualTo(joined("a", "b:c"));
    }

    private static String joined(String tenant, String key) {
        return tenant + ":" + key;
    }

    private static String id(Random random) {
        return "ab-_t".charAt(random.nextInt(2)) + "" + "ab-_t".charAt(random.nextInt(5));
    }

    private static String key(Random random) {
        var key = new StringBuilder();
        for (int letters = random.nextInt(4); letters >= 0; letters--) {
            key.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return key.toString();
    }
}
