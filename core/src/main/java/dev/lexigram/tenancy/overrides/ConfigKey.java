package dev.lexigram.tenancy.overrides;

import dev.lexigram.tenancy.stores.ConfigChange;
import dev.lexigram.tenancy.stores.ConfigValue;
import dev.lexigram.tenancy.tenant.TenantConfigException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * A key of the configuration with the type of its values, its default and what they must satisfy. Immutable; made once
 * and kept as a constant.
 *
 * <p>Registered with a {@link ConfigCatalog}, it holds for every write of its name, typed or not; a value that does not
 * fit is refused there, and again when it is read. {@code tier} and all of {@code tenancy.} are for operators only,
 * registered or not.
 */
public final class ConfigKey<T> {

    private static final String PREFIX_OF_THE_LIBRARY = "tenancy.";

    private final String name;
    private final ConfigType<T> type;
    private final T fallback;
    private final Predicate<T> check;
    private final String rule;
    private final boolean secret;
    private final boolean operatorOnly;

    private ConfigKey(
            String name,
            ConfigType<T> type,
            T fallback,
            Predicate<T> check,
            String rule,
            boolean secret,
            boolean operatorOnly) {
        ConfigChange.checkKey(name);
        if (!check.test(fallback)) {
            throw new IllegalArgumentException("the default of '" + name + "' must be " + rule);
        }
        this.name = name;
        this.type = type;
        this.fallback = fallback;
        this.check = check;
        this.rule = rule;
        this.secret = secret;
        this.operatorOnly = operatorOnly || isReserved(name);
    }

    public static ConfigKey<String> text(String name, String fallback) {
        return of(name, ConfigType.TEXT, fallback);
    }

    public static ConfigKey<Boolean> bool(String name, boolean fallback) {
        return of(name, ConfigType.BOOL, fallback);
    }

    public static ConfigKey<Integer> integer(String name, int fallback) {
        return of(name, ConfigType.INTEGER, fallback);
    }

    public static ConfigKey<Long> longInteger(String name, long fallback) {
        return of(name, ConfigType.LONG, fallback);
    }

    public static ConfigKey<BigDecimal> number(String name, BigDecimal fallback) {
        return of(name, ConfigType.NUMBER, fallback);
    }

    /** Whole seconds, {@code 30s} or ISO-8601. */
    public static ConfigKey<Duration> duration(String name, Duration fallback) {
        return of(name, ConfigType.DURATION, fallback);
    }

    /** One of the constants of this type, written in lower case. */
    public static <E extends Enum<E>> ConfigKey<E> oneOf(String name, E fallback) {
        return of(name, ConfigType.oneOf(fallback.getDeclaringClass()), fallback);
    }

    private static <T> ConfigKey<T> of(String name, ConfigType<T> type, T fallback) {
        return new ConfigKey<>(name, type, fallback, any -> true, type.rule(), false, false);
    }

    /**
     * The same key, whose values must satisfy this, too.
     *
     * @param rule what a value must be, so that "must be" can stand before it
     * @throws IllegalArgumentException if the default does not
     */
    public ConfigKey<T> withCheck(Predicate<T> check, String rule) {
        return new ConfigKey<>(name, type, fallback, this.check.and(check), rule, secret, operatorOnly);
    }

    /** The same key, whose values are masked in events and wherever else they are shown. */
    public ConfigKey<T> asSecret() {
        return new ConfigKey<>(name, type, fallback, check, rule, true, operatorOnly);
    }

    /** The same key, which a tenant cannot override; an operator can, for each tenant. */
    public ConfigKey<T> forOperators() {
        return new ConfigKey<>(name, type, fallback, check, rule, secret, true);
    }

    public String name() {
        return name;
    }

    public T defaultValue() {
        return fallback;
    }

    public boolean isSecret() {
        return secret;
    }

    public boolean isForOperators() {
        return operatorOnly;
    }

    /** Whether only operators may set this name, in whatever case it is written. */
    static boolean isReserved(String name) {
        var folded = name.toLowerCase(Locale.ROOT);
        return folded.equals("tier") || folded.equals("tenancy") || folded.startsWith(PREFIX_OF_THE_LIBRARY);
    }

    /** @throws TenantConfigException if the value does not fit */
    T read(ConfigValue value) {
        return type.reader().apply(value).filter(check).orElseThrow(() -> TenantConfigException.misfit(name, rule));
    }

    /** @throws TenantConfigException if the value does not fit */
    ConfigValue write(T value) {
        if (!check.test(value)) {
            throw TenantConfigException.misfit(name, rule);
        }
        return ConfigValue.of(type.writer().apply(value));
    }

    @Override
    public String toString() {
        return name + " (" + rule + ")";
    }
}
