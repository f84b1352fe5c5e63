package dev.lexigram.tenancy.resolution;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The beginning of a path with one segment for the tenant. Immutable.
 *
 * @param prefix what stands before that segment, from the first slash to the last
 * @param prefixSegments the segments of the prefix
 * @param suffix what must follow the segment: empty, or a slash and further segments without a slash at the end
 */
record PathPattern(String prefix, List<String> prefixSegments, String suffix) {

    private static final String PLACEHOLDER = "{tenant_id}";
    private static final int MAX_LENGTH = 256;

    static PathPattern of(String pattern) {
        var start = pattern.indexOf(PLACEHOLDER);
        var prefix = pattern.substring(0, start);
        var suffix = pattern.substring(start + PLACEHOLDER.length());
        return new PathPattern(
                prefix, segments(prefix), suffix.endsWith("/") ? suffix.substring(0, suffix.length() - 1) : suffix);
    }

    static Optional<String> problem(String pattern) {
        var placeholders = Stream.of(pattern.split("/")).filter(PLACEHOLDER::equals);
        return pattern.length() <= MAX_LENGTH
                        && pattern.startsWith("/")
                        && !pattern.contains("//")
                        && placeholders.count() == 1
                        && segments(pattern).stream().allMatch(PathPattern::isSegment)
                ? Optional.empty()
                : Optional.of(
                        "resolution.path_pattern must begin with a slash and have one segment {tenant_id}, such as"
                                + " /tenants/{tenant_id}/; other segments are letters, digits, dots, _, - and ~");
    }

    private static List<String> segments(String path) {
        return Stream.of(path.split("/")).filter(segment -> !segment.isEmpty()).toList();
    }

    private static boolean isSegment(String segment) {
        if (segment.startsWith(".")) {
            return false;
        }
        return segment.equals(PLACEHOLDER)
                || segment.chars()
                        .allMatch(symbol -> References.isLetterOrDigit((char) symbol) || "._-~".indexOf(symbol) >= 0);
    }

    /** Whether these segments begin with those before the tenant. */
    boolean leads(List<String> segments) {
        return segments.size() >= prefixSegments.size()
                && segments.subList(0, prefixSegments.size()).equals(prefixSegments);
    }

    int tenantStart() {
        return prefix.length();
    }

    /** Where the tenant's segment ends in a path that starts with the prefix. */
    int tenantEnd(String path) {
        var slash = path.indexOf('/', prefix.length());
        return slash < 0 ? path.length() : slash;
    }

    /** Whether what follows the tenant's segment is what the pattern asks for. */
    boolean endsAt(String path, int tenantEnd) {
        var end = tenantEnd + suffix.length();
        return path.startsWith(suffix, tenantEnd) && (end == path.length() || path.charAt(end) == '/');
    }
}
