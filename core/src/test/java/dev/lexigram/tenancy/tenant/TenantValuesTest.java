package dev.lexigram.tenancy.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantValuesTest {

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\u0000b", "a\nb", "a\u009Fb", "half a pair \uD83D"})
    void a_name_or_reason_that_is_no_single_line_of_text_is_refused(String text) {
        assertThatThrownBy(() -> Tenant.active(TenantId.of("t"), Slug.of("t"), text, Instant.EPOCH))
                .isInstanceOf(InvalidTenantException.class)
                .hasMessageContaining("name");
        assertThatThrownBy(() -> tenant(Map.of()).withStatus(TenantStatus.SUSPENDED, text, Instant.EPOCH))
                .isInstanceOf(InvalidTenantException.class)
                .hasMessageContaining("reason");
    }

    @Test
    void a_reason_has_at_most_500_characters() {
        var longest = "x".repeat(500);

        assertThat(tenant(Map.of())
                        .withStatus(TenantStatus.SUSPENDED, longest, Instant.EPOCH)
                        .statusReason())
                .isEqualTo(longest);
        assertThatThrownBy(() -> tenant(Map.of()).withStatus(TenantStatus.SUSPENDED, longest + "x", Instant.EPOCH))
                .isInstanceOf(InvalidTenantException.class)
                .hasMessageNotContaining("xx");
    }

    @Test
    void what_json_in_a_database_cannot_hold_is_refused() {
        for (var value : List.of(
                "a\u0000b",
                "half a pair \uD83D",
                Map.of("a\u0000b", 1),
                List.of("\uDE00"),
                Double.NaN,
                Double.POSITIVE_INFINITY,
                1.5f,
                Instant.EPOCH)) {
            assertRefused(value);
        }
        var withNull = new HashMap<String, Object>();
        withNull.put("gone", null);
        assertRefused(withNull);
    }

    @Test
    void a_number_counts_with_the_digits_that_a_database_writes_out() {
        assertRefused(new BigDecimal("1E+100000"));
        assertRefused(new BigDecimal("1E-100000"));
        assertRefused(new BigDecimal("1E+2147483647"));
        assertRefused(BigInteger.TEN.pow(70_000));
        assertRefused(Collections.nCopies(300, 1e300));

        assertThat(tenant(Map.of("value", new BigDecimal("1E+1000"))).config()).hasSize(1);
        assertThat(tenant(Map.of("value", 1e300)).config()).hasSize(1);
    }

    @Test
    void empty_lists_count_too() {
        assertRefused(Collections.nCopies(40_000, List.of()));
    }

    @Test
    void maps_are_copied_deeply_and_cannot_be_changed() {
        var inner = new ArrayList<Object>(List.of("a"));
        var tenant = tenant(Map.of("list", inner));

        inner.add("b");

        assertThat(tenant.config()).containsEntry("list", List.of("a"));
        assertThatThrownBy(() -> ((List<?>) tenant.config().get("list")).clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    private static void assertRefused(Object value) {
        assertThatThrownBy(() -> tenant(Map.of("value", value)))
                .isInstanceOf(InvalidTenantException.class)
                .hasMessageContaining("config");
    }

    private static Tenant tenant(Map<String, Object> config) {
        var now = Instant.EPOCH;
        return new Tenant(
                TenantId.of("t"),
                Slug.of("t"),
                "T",
                TenantStatus.ACTIVE,
                null,
                null,
                config,
                Map.of(),
                "s",
                now,
                now,
                1);
    }
}
