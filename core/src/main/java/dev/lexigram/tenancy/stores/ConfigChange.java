package dev.lexigram.tenancy.stores;

import dev.lexigram.tenancy.tenant.TenantConfigException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one key is to become.
 *
 * @param value empty to unset it
 * @param expectedVersion the version that it must have now, {@link TenantConfigProvider#UNSET} for not set; empty for any
 * @param secret whether its values are masked wherever they are told
 */
public record ConfigChange(String key, Optional<ConfigValue> value, OptionalLong expectedVersion, boolean secret) {

    private static final int MAX_KEY_LENGTH = 128;
    private static final String KEY = "[A-Za-z0-9][A-Za-z0-9._-]{0,127}";

    /**
     * Checks the key.
     *
     * @throws TenantConfigException if no key can have this name
     */
    public ConfigChange {
        checkKey(key);
    }

    /** @throws TenantConfigException if no key can have this name, or nothing this value */
    public static ConfigChange set(String key, Object value) {
        return new ConfigChange(key, Optional.of(ConfigValue.of(value)), OptionalLong.empty(), false);
    }

    public static ConfigChange unset(String key) {
        return new ConfigChange(key, Optional.empty(), OptionalLong.empty(), false);
    }

    public ConfigChange ifVersion(long expected) {
        return new ConfigChange(key, value, OptionalLong.of(expected), secret);
    }

    public ConfigChange asSecret() {
        return new ConfigChange(key, value, expectedVersion, true);
    }

    /** @throws TenantConfigException if no key can have this name */
    public static void checkKey(String key) {
        if (!isKey(key)) {
            throw TenantConfigException.key(key.length(), KEY);
        }
    }

    private static boolean isKey(String key) {
        if (key.isEmpty() || key.length() > MAX_KEY_LENGTH || !isLetterOrDigit(key.charAt(0))) {
            return false;
        }
        for (var at = 1; at < key.length(); at++) {
            var symbol = key.charAt(at);
            if (!isLetterOrDigit(symbol) && symbol != '.' && symbol != '_' && symbol != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetterOrDigit(char symbol) {
        return (symbol >= 'a' && symbol <= 'z') || (symbol >= 'A' && symbol <= 'Z') || (symbol >= '0' && symbol <= '9');
    }
}
