package dev.lexigram.tenancy.stores;

/**
 * How much may be set for one tenant.
 *
 * @param maxKeys how many keys
 * @param maxValueBytes the longest value, as JSON in UTF-8; at most 1 MiB
 * @param maxTotalBytes all keys and values together
 */
public record ConfigLimits(int maxKeys, int maxValueBytes, int maxTotalBytes) {

    public static final ConfigLimits DEFAULTS = new ConfigLimits(256, 4096, 65_536);

    /**
     * Checks every value.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public ConfigLimits {
        if (maxKeys < 0) {
            throw new IllegalArgumentException("maxKeys must not be negative but is " + maxKeys);
        }
        if (maxValueBytes < 0 || maxValueBytes > JsonText.MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "maxValueBytes must be from 0 to " + JsonText.MAX_LENGTH + " but is " + maxValueBytes);
        }
        if (maxTotalBytes < 0) {
            throw new IllegalArgumentException("maxTotalBytes must not be negative but is " + maxTotalBytes);
        }
    }
}
