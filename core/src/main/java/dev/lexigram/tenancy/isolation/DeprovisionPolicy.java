package dev.lexigram.tenancy.isolation;

import java.util.Locale;

/** What happens to the data of a tenant that is removed. */
public enum DeprovisionPolicy {
    /** It is moved into an archive that no tenant reaches. */
    RENAME,
    /** It is destroyed. */
    DROP,
    /** It stays where it is, out of reach because its tenant is never served again. */
    KEEP;

    /** The name in configuration, stores and events: lower case. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The policy with this wire name. @throws IllegalArgumentException if there is none */
    public static DeprovisionPolicy fromWireName(String text) {
        for (var policy : values()) {
            if (policy.wireName().equals(text)) {
                return policy;
            }
        }
        throw new IllegalArgumentException("must be one of rename, drop, keep");
    }
}
