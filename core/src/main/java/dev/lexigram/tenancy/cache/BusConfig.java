package dev.lexigram.tenancy.cache;

import java.time.Duration;

/**
 * How nodes hear of each other's changes: section {@code bus} of the configuration. Immutable.
 *
 * @param heartbeat how often a node proves that it hears; after five without an echo it no longer relies on the bus
 */
public record BusConfig(BusType type, Duration heartbeat) {

    private static final Duration LEAST = Duration.ofMillis(10);
    private static final Duration MOST = Duration.ofMinutes(1);

    public static final BusConfig DEFAULTS = new BusConfig(BusType.POSTGRES, Duration.ofSeconds(1));

    /**
     * Checks every value.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public BusConfig {
        if (heartbeat.compareTo(LEAST) < 0 || heartbeat.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(
                    "heartbeat must be from " + LEAST + " to " + MOST + " but is " + heartbeat);
        }
    }

    /** After how long without an echo the bus counts as cut. */
    public Duration silence() {
        return heartbeat.multipliedBy(5);
    }

    public BusConfig withType(BusType type) {
        return new BusConfig(type, heartbeat);
    }

    public BusConfig withHeartbeat(Duration heartbeat) {
        return new BusConfig(type, heartbeat);
    }
}
