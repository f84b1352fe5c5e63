package dev.lexigram.tenancy.resolution;

import java.util.List;
import java.util.Optional;

/**
 * How a host name is read for a tenant. Immutable.
 *
 * @param pattern the base domain below which a label names a tenant
 * @param maxLabels how many labels below the base domain make a reference: 1 to 4
 * @param reserved labels that name no tenant
 * @param idn whether internationalised labels are accepted
 */
public record SubdomainConfig(Optional<String> pattern, int maxLabels, List<String> reserved, boolean idn) {

    public static final SubdomainConfig DEFAULTS =
            new SubdomainConfig(Optional.empty(), 1, List.of("www", "api", "admin", "app", "static"), false);

    /**
     * Checks every value.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public SubdomainConfig {
        reserved = List.copyOf(reserved);
        if (maxLabels < 1 || maxLabels > 4) {
            throw new IllegalArgumentException("subdomain_max_labels must be 1 to 4 but is " + maxLabels);
        }
    }

    public SubdomainConfig withPattern(String pattern) {
        return new SubdomainConfig(Optional.of(pattern), maxLabels, reserved, idn);
    }

    public SubdomainConfig withMaxLabels(int maxLabels) {
        return new SubdomainConfig(pattern, maxLabels, reserved, idn);
    }

    public SubdomainConfig withReserved(String... reserved) {
        return new SubdomainConfig(pattern, maxLabels, List.of(reserved), idn);
    }

    public SubdomainConfig withIdn(boolean idn) {
        return new SubdomainConfig(pattern, maxLabels, reserved, idn);
    }
}
