package dev.lexigram.tenancy.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.tenant.TenantConfigException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigValueTest {

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("", ""),
                Arguments.of(false, "false"),
                Arguments.of(0, "0"),
                Arguments.of((byte) 7, "7"),
                Arguments.of(-0.0, "0.0"),
                Arguments.of(0.1f, "0.1"),
                Arguments.of(1e-7, "0.00000010"),
                Arguments.of(new BigDecimal("1E+3"), "1000"),
                Arguments.of(new BigDecimal("100.00"), "100.00"),
                Arguments.of(Map.of("b", 1, "a", List.of("x", true)), "{\"a\":[\"x\",true],\"b\":1}"),
                Arguments.of(List.of("\"\\\n\u0001/"), "[\"\\\"\\\\\\u000a\\u0001/\"]"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void K_3_text_is_the_scalar_itself_or_json(Object value, String text) {
        assertThat(ConfigValue.of(value).text()).isEqualTo(text);
    }

    @Test
    void whole_numbers_are_equal_whatever_type_they_came_in() {
        assertThat(List.of(
                        ConfigValue.of(1L),
                        ConfigValue.of(BigInteger.ONE),
                        ConfigValue.of(new BigDecimal("1")),
                        ConfigValue.of((short) 1)))
                .containsOnly(ConfigValue.of(1));
        assertThat(ConfigValue.of("1")).isNotEqualTo(ConfigValue.of(1));
    }

    static Stream<Object> what_json_cannot_hold() {
        var itself = new ArrayList<Object>();
        itself.add(itself);
        var keyed = new HashMap<Object, Object>();
        keyed.put(1, "x");
        return Stream.of(
                Double.NaN,
                Float.POSITIVE_INFINITY,
                new Object(),
                Arrays.asList("a", null),
                Collections.singletonMap("a", null),
                Collections.singletonMap(null, "a"),
                keyed,
                itself,
                "a\u0000b",
                Map.of("a\u0000b", 1),
                "\uD800",
                new BigDecimal("1E+2000"),
                new BigDecimal("1E-2000"),
                BigInteger.TEN.pow(2000));
    }

    @ParameterizedTest
    @MethodSource("what_json_cannot_hold")
    void K_2_what_json_cannot_hold_and_null_at_any_depth_is_refused(Object value) {
        assertThatThrownBy(() -> ConfigValue.of(value)).isInstanceOf(TenantConfigException.class);
        assertThatThrownBy(() -> ConfigValue.of(List.of(value))).isInstanceOf(TenantConfigException.class);
    }

    @Test
    void K_2_null_is_refused_with_what_to_do_instead() {
        assertThatThrownBy(() -> ConfigValue.of(null))
                .isInstanceOf(TenantConfigException.class)
                .hasMessageContaining("unset the key");
    }

    @ParameterizedTest
    @ValueSource(ints = {17, 10_000})
    void CF_01_depth_has_a_limit(int depth) {
        assertThatThrownBy(() -> ConfigValue.of(nested(depth)))
                .isInstanceOf(TenantConfigException.class)
                .hasMessageContaining("deeper than 16");
    }

    @Test
    void CF_01_control_up_to_the_limit_depth_is_kept() {
        assertThat(ConfigValue.of(nested(16)).text()).isEqualTo("[".repeat(15) + "1" + "]".repeat(15));
    }

    @Test
    void CF_01_a_value_of_10_mb_is_refused_and_not_repeated() {
        var text = "x".repeat(10_000_000);

        for (var huge : List.of(text, List.of(text), Map.of(text, 1), Collections.nCopies(10_000_000, 1))) {
            assertThatThrownBy(() -> ConfigValue.of(huge))
                    .isInstanceOf(TenantConfigException.class)
                    .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(400));
        }
    }

    @Test
    void CF_01_a_small_value_that_unfolds_into_a_huge_one_costs_no_more_than_the_limit() {
        Object bomb = "x";
        for (var level = 0; level < 14; level++) {
            bomb = Collections.nCopies(100, bomb); // 100 to the power of 14 texts in all
        }
        var unfolding = bomb;

        assertThatThrownBy(() -> ConfigValue.of(unfolding))
                .isInstanceOf(TenantConfigException.class)
                .hasMessageContaining("more than 1 MiB");
    }

    @Test
    void CF_07_its_own_text_never_shows_the_value() {
        assertThat(ConfigValue.of("s3cret").toString()).doesNotContain("s3cret");
        assertThat(ConfigChange.set("password", "s3cret").toString()).doesNotContain("s3cret");
        assertThat(ConfigUpdate.of(ConfigChange.set("password", "s3cret")).toString())
                .doesNotContain("s3cret");
        assertThat(ConfigValue.of("s3cret").text()).isEqualTo("s3cret"); // control
    }

    @Test
    void what_was_given_can_be_changed_without_changing_the_value() {
        var list = new ArrayList<Object>(List.of(1));
        var value = ConfigValue.of(list);

        list.add(2);

        assertThat(value.text()).isEqualTo("[1]");
    }

    @Test
    void an_update_names_a_key_once_and_an_actor() {
        assertThatThrownBy(() -> ConfigUpdate.of(ConfigChange.set("a", 1), ConfigChange.unset("a")))
                .isInstanceOf(TenantConfigException.class);
        var update = ConfigUpdate.of(ConfigChange.set("a", 1));
        for (var nobody : List.of("", " ", "a\u0000", "a\nb", "\uD800", "a".repeat(256))) {
            assertThatThrownBy(() -> new ConfigUpdate(update.changes(), update.limits(), false, update.at(), nobody))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static Object nested(int depth) {
        Object value = 1;
        for (var level = 1; level < depth; level++) {
            value = List.of(value);
        }
        return value;
    }
}
