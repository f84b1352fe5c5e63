package dev.lexigram.tenancy.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TenantTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void the_maps_of_a_tenant_are_deep_copies_that_nobody_can_change() {
        var inner = new ArrayList<Object>(List.of("eu"));
        var config = new HashMap<String, Object>(Map.of("regions", inner));

        var tenant = tenantWith(config);
        inner.add("us");
        config.put("plan", "gold");

        assertThat(tenant.config()).isEqualTo(Map.of("regions", List.of("eu")));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> tenant.config().put("plan", "gold"));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> ((List<?>) tenant.config().get("regions")).clear());
    }

    @Test
    void a_tenant_in_another_status_is_another_version() {
        var tenant = Tenant.active(TenantId.of("t1"), Slug.of("acme"), "Acme", NOW);

        var suspended = tenant.withStatus(TenantStatus.SUSPENDED, "unpaid", NOW.plusSeconds(1));

        assertThat(tenant.isActive()).isTrue();
        assertThat(suspended.isActive()).isFalse();
        assertThat(suspended.statusReason()).isEqualTo("unpaid");
        assertThat(suspended.version()).isEqualTo(tenant.version() + 1);
        assertThat(suspended.updatedAt()).isEqualTo(NOW.plusSeconds(1));
        assertThat(suspended.createdAt()).isEqualTo(NOW);
    }

    @Test
    void a_name_has_up_to_200_characters_of_any_script() {
        var longest = "\u00e9".repeat(200);

        assertThat(Tenant.active(TenantId.of("t1"), Slug.of("acme"), longest, NOW)
                        .name())
                .isEqualTo(longest);
        assertThatExceptionOfType(InvalidTenantException.class)
                .isThrownBy(() -> Tenant.active(TenantId.of("t1"), Slug.of("acme"), longest + "x", NOW));
    }

    @Test
    void a_plan_has_the_grammar_of_a_slug_and_may_be_a_word_that_is_reserved() {
        assertThat(tenantOn("gold-2").plan()).isEqualTo("gold-2");
        assertThat(tenantOn("default").plan()).isEqualTo("default");
        assertThatExceptionOfType(InvalidTenantException.class).isThrownBy(() -> tenantOn("Gold"));
        assertThatExceptionOfType(InvalidTenantException.class).isThrownBy(() -> tenantOn(""));
    }

    @Test
    void maps_hold_what_json_can_hold() {
        var values = Map.<String, Object>of(
                "text",
                "x",
                "yes",
                true,
                "int",
                1,
                "long",
                2L,
                "big",
                BigInteger.TEN,
                "exact",
                new BigDecimal("0.10"),
                "float",
                1.5,
                "list",
                List.of(List.of(), Map.of()),
                "map",
                Map.of("k", "v"));

        assertThat(tenantWith(values).config()).isEqualTo(values);
    }

    static Stream<Map<String, Object>> unfit() {
        Object deep = "x";
        for (var depth = 0; depth < 16; depth++) {
            deep = List.of(deep);
        }
        return Stream.of(
                Map.of("k", new Date()),
                Map.of("k", Map.of(1, "key is no text")),
                Map.of("k", BigInteger.ONE.shiftLeft(1_000_000)),
                Map.of("k", deep),
                Map.of("k", "x".repeat(65_536)),
                Map.of("k", "\u20ac".repeat(22_000)),
                Map.of("k", "\u0000".repeat(11_000)),
                Map.of(
                        "k",
                        IntStream.range(0, 30_000).mapToObj(any -> List.of()).toList()),
                IntStream.range(0, 257).boxed().collect(Collectors.toMap(String::valueOf, any -> "x")));
    }

    @ParameterizedTest
    @MethodSource("unfit")
    void what_json_cannot_hold_or_is_too_much_is_refused_by_field_and_rule(Map<String, Object> values) {
        assertThatExceptionOfType(InvalidTenantException.class)
                .isThrownBy(() -> tenantWith(values))
                .withMessageStartingWith("Not a tenant config (")
                .withMessageContaining("256 keys, 64 KiB of JSON, depth 16")
                .satisfies(error -> assertThat(error.getMessage()).hasSizeLessThan(200));
    }

    @Test
    void a_map_that_holds_itself_is_refused() {
        var self = new HashMap<String, Object>();
        self.put("self", self);

        assertThatExceptionOfType(InvalidTenantException.class).isThrownBy(() -> tenantWith(self));

        // Control: who copies without counting the depth never comes back.
        assertThatExceptionOfType(StackOverflowError.class).isThrownBy(self::hashCode);
    }

    private static Tenant tenantWith(Map<String, Object> config) {
        return new Tenant(
                TenantId.of("t1"),
                Slug.of("acme"),
                "Acme",
                TenantStatus.ACTIVE,
                null,
                null,
                config,
                Map.of(),
                "row_level",
                NOW,
                NOW,
                1);
    }

    private static Tenant tenantOn(String plan) {
        return new Tenant(
                TenantId.of("t1"),
                Slug.of("acme"),
                "Acme",
                TenantStatus.ACTIVE,
                null,
                plan,
                Map.of(),
                Map.of(),
                "row_level",
                NOW,
                NOW,
                1);
    }
}
