package dev.lexigram.tenancy.overrides;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.stores.ConfigValue;
import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import dev.lexigram.tenancy.tenant.TenantConfigException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigKeyTest {

    private enum Color {
        RED,
        DARK_BLUE
    }

    private static final ConfigKey<Integer> MAX =
            ConfigKey.integer("max", 10).withCheck(number -> number > 0, "a whole number above 0");
    private static final ConfigKey<Long> LONG = ConfigKey.longInteger("long", 0);
    private static final ConfigKey<Boolean> BOOL = ConfigKey.bool("bool", false);
    private static final ConfigKey<BigDecimal> NUMBER = ConfigKey.number("number", BigDecimal.ONE);
    private static final ConfigKey<Duration> DURATION = ConfigKey.duration("duration", Duration.ZERO);
    private static final ConfigKey<Color> COLOR = ConfigKey.oneOf("color", Color.RED);
    private static final ConfigKey<String> TEXT = ConfigKey.text("text", "");

    static Stream<Arguments> fits() {
        return Stream.of(
                Arguments.of(MAX, 100, 100),
                Arguments.of(MAX, "100", 100),
                Arguments.of(LONG, "-9223372036854775808", Long.MIN_VALUE),
                Arguments.of(BOOL, true, true),
                Arguments.of(BOOL, "false", false),
                Arguments.of(NUMBER, 0.5, new BigDecimal("0.5")),
                Arguments.of(NUMBER, "10.50", new BigDecimal("10.50")),
                Arguments.of(NUMBER, 3, new BigDecimal("3")),
                Arguments.of(DURATION, 90, Duration.ofSeconds(90)),
                Arguments.of(DURATION, "30s", Duration.ofSeconds(30)),
                Arguments.of(DURATION, "PT1M", Duration.ofMinutes(1)),
                Arguments.of(COLOR, "dark_blue", Color.DARK_BLUE),
                Arguments.of(TEXT, "${user.home}", "${user.home}"),
                Arguments.of(TEXT, 5, "5"));
    }

    @ParameterizedTest
    @MethodSource("fits")
    void what_fits_is_read_as_its_type(ConfigKey<?> key, Object value, Object typed) {
        assertThat(key.read(ConfigValue.of(value))).isEqualTo(typed);
    }

    static Stream<Arguments> misfits() {
        return Stream.of(
                Arguments.of(MAX, "ten"),
                Arguments.of(MAX, "2147483648"),
                Arguments.of(MAX, 1L << 40),
                Arguments.of(MAX, "-1"),
                Arguments.of(MAX, 0),
                Arguments.of(MAX, " 5"),
                Arguments.of(MAX, "5\n"),
                Arguments.of(MAX, "0x10"),
                Arguments.of(MAX, "1e3"),
                Arguments.of(MAX, 1.5),
                Arguments.of(MAX, true),
                Arguments.of(MAX, ""),
                Arguments.of(MAX, List.of(1)),
                Arguments.of(MAX, "\u0661"), // a digit, but not an ASCII one
                Arguments.of(MAX, "${max}"),
                Arguments.of(LONG, "9223372036854775808"),
                Arguments.of(LONG, BigInteger.TWO.pow(64)),
                Arguments.of(BOOL, "yes"),
                Arguments.of(BOOL, "TRUE"),
                Arguments.of(BOOL, 1),
                Arguments.of(NUMBER, "NaN"),
                Arguments.of(NUMBER, "Infinity"),
                Arguments.of(NUMBER, "1e999999999"),
                Arguments.of(NUMBER, false),
                Arguments.of(DURATION, "soon"),
                Arguments.of(DURATION, "PT99999999999999999999999S"),
                Arguments.of(DURATION, "1".repeat(5000)),
                Arguments.of(COLOR, "green"),
                Arguments.of(COLOR, "RED"),
                Arguments.of(COLOR, 0));
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void CF_02_what_does_not_fit_is_an_error_that_names_key_and_rule_and_never_the_value(
            ConfigKey<?> key, Object value) {
        assertThatThrownBy(() -> key.read(ConfigValue.of(value)))
                .isInstanceOf(TenantConfigException.class)
                .hasMessageContaining("'" + key.name() + "'")
                .hasMessageNotContaining("ten".equals(value) ? "be ten" : "5000");
    }

    @Test
    void CF_02_a_typed_write_is_checked_too() {
        assertThatThrownBy(() -> MAX.write(0)).isInstanceOf(TenantConfigException.class);
        assertThat(MAX.write(1)).isEqualTo(ConfigValue.of(1));
        assertThat(COLOR.write(Color.DARK_BLUE)).isEqualTo(ConfigValue.of("dark_blue"));
        assertThat(DURATION.read(DURATION.write(Duration.ofSeconds(90)))).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void a_default_must_satisfy_the_check_and_a_name_the_grammar() {
        assertThatThrownBy(() -> MAX.withCheck(number -> number > 10, "more than 10"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("more than 10");
        for (var name : List.of("", ".max", "max users", "max\n", "m\u00e4x", "k".repeat(129), "a/b", "${a}")) {
            assertThatThrownBy(() -> ConfigKey.text(name, "")).isInstanceOf(TenantConfigException.class);
        }
    }

    @Test
    void a_default_that_does_not_fit_its_key_stops_the_start_whichever_is_registered_first() {
        var plan = Map.of("max", "plenty");

        assertThatThrownBy(() -> ConfigCatalog.EMPTY.withKeys(MAX).withPlan("gold", plan))
                .isInstanceOf(TenancyConfigurationException.class)
                .hasMessageContaining("'max'")
                .hasMessageNotContaining("plenty");
        assertThatThrownBy(() -> ConfigCatalog.EMPTY.withPlan("gold", plan).withKeys(MAX))
                .isInstanceOf(TenancyConfigurationException.class);
        assertThatThrownBy(() -> ConfigCatalog.EMPTY.withKeys(MAX).withDefault("max", -1))
                .isInstanceOf(TenancyConfigurationException.class);
        assertThatThrownBy(() -> ConfigCatalog.EMPTY.withKeys(MAX, ConfigKey.text("max", "")))
                .isInstanceOf(TenancyConfigurationException.class)
                .hasMessageContaining("registered twice");
    }
}
