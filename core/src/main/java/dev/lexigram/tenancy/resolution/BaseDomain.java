package dev.lexigram.tenancy.resolution;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The domain below which labels name tenants; {@code example.com} and {@code .example.com} are the same. */
final class BaseDomain {

    private static final int MAX_LENGTH = References.MAX_HOST_LENGTH - 2;

    private BaseDomain() {}

    /** The domain of a configuration that has no {@link #problem}: in ASCII and lower case, without outer dots. */
    static String of(SubdomainConfig config) {
        var domain = config.pattern().map(pattern -> normalized(pattern, config.idn()));
        return domain.orElseThrow(() -> new IllegalArgumentException("no base domain"));
    }

    static Optional<String> problem(SubdomainConfig config) {
        return config.pattern()
                        .filter(pattern -> normalized(pattern, config.idn()) != null)
                        .isPresent()
                ? Optional.empty()
                : Optional.of("resolution.subdomain_pattern must be the domain below which labels name tenants, such as"
                        + " example.com; neither an address nor a pattern with *");
    }

    private static @Nullable String normalized(String pattern, boolean idn) {
        var text = pattern.startsWith(".") ? pattern.substring(1) : pattern;
        var end = text.indexOf(':') < 0 ? HostNames.endOfName(text, idn) : HostNames.UNUSABLE;
        if (end < 1) {
            return null;
        }
        var ascii = IdnLabels.toAscii(text.substring(0, end));
        return ascii != null && ascii.length() <= MAX_LENGTH && beginsWithLetter(ascii) ? ascii : null;
    }

    /** The last label of an IPv4 address in any of its spellings begins with a digit, that of a domain never does. */
    private static boolean beginsWithLetter(String domain) {
        var first = domain.charAt(domain.lastIndexOf('.') + 1);
        return References.isLetterOrDigit(first) && !References.isDigit(first);
    }
}
