package dev.lexigram.tenancy.tenant;

import java.security.SecureRandom;
import java.util.UUID;

/** UUIDs of version 7 (RFC 9562, section 5.7): 48 bits of Unix milliseconds, then 74 random bits. */
public final class Uuid7 {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Uuid7() {}

    /** A new UUID for this instant. Safe for use by several threads. */
    public static UUID next() {
        var high = (System.currentTimeMillis() << 16) | 0x7000L | (RANDOM.nextLong() & 0x0FFFL);
        var low = (RANDOM.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
