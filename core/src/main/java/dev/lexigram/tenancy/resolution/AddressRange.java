package dev.lexigram.tenancy.resolution;

import org.jspecify.annotations.Nullable;

/**
 * A range of IP addresses in CIDR notation (RFC 4632, section 3.1; RFC 4291, section 2.3); an address alone is a range
 * of one.
 */
record AddressRange(IpAddress network, int prefix) {

    /** The range, or null if the text is none; bits beyond the prefix must be zero, or it is likely a mistake. */
    static @Nullable AddressRange parse(String text) {
        var slash = text.indexOf('/');
        var network = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
        if (network == null || text.indexOf('%') >= 0) {
            return null;
        }
        var width = network.isV4() ? 32 : 128;
        var prefix = slash < 0 ? width : prefix(text.substring(slash + 1));
        var isV4Written = text.indexOf(':') < 0;
        if (slash >= 0 && network.isV4() && !isV4Written) {
            prefix -= 96;
        }
        if (prefix < 0 || prefix > width) {
            return null;
        }
        var range = new AddressRange(network, prefix);
        return range.hasNoHostBits() ? range : null;
    }

    private static int prefix(String digits) {
        var isNumber = !digits.isEmpty()
                && digits.length() <= 3
                && digits.chars().allMatch(symbol -> References.isDigit((char) symbol))
                && (digits.length() == 1 || digits.charAt(0) != '0');
        return isNumber ? Integer.parseInt(digits) : -1;
    }

    /** Whether it holds every address there is of its family. */
    boolean isEverything() {
        return prefix == 0;
    }

    boolean contains(IpAddress address) {
        return address.isV4() == network.isV4()
                && (address.high() & highMask()) == (network.high() & highMask())
                && (address.low() & lowMask()) == (network.low() & lowMask());
    }

    private boolean hasNoHostBits() {
        var lowWidthMask = network.isV4() ? 0xFFFF_FFFFL : -1L;
        return (network.high() & ~highMask()) == 0 && (network.low() & ~lowMask() & lowWidthMask) == 0;
    }

    private long highMask() {
        return network.isV4() ? -1L : mask(Math.min(prefix, 64));
    }

    private long lowMask() {
        return network.isV4() ? mask(prefix + 32) : mask(Math.max(prefix - 64, 0));
    }

    /** This many ones from the left. */
    private static long mask(int bits) {
        return bits == 0 ? 0 : -1L << (64 - bits);
    }
}
