package dev.lexigram.tenancy.enforcement;

import java.util.List;

/**
 * Beginnings of paths, compared segment by segment: {@code /shop} covers {@code /shop} and {@code /shop/cart}, and not
 * {@code /shopping}.
 *
 * <p>A path that a server might read in another way than we do is covered by nothing: one with an encoded character, a
 * parameter, a backslash, an empty segment, or a segment of dots.
 */
public final class PathPrefixes {

    private final List<String> prefixes;

    /**
     * These prefixes, which stand in the configuration under that key.
     *
     * @throws IllegalArgumentException if a prefix could never cover a path
     */
    public PathPrefixes(String key, List<String> prefixes) {
        for (var prefix : prefixes) {
            if (!isPlain(prefix) || prefix.indexOf('*') >= 0) {
                throw new IllegalArgumentException(
                        key + " takes beginnings of paths such as /shop, without patterns or encoded characters");
            }
        }
        this.prefixes = prefixes.stream().map(PathPrefixes::withSlash).toList();
    }

    /** Whether the path, not decoded, is one of these or lies below one. */
    public boolean cover(String rawPath) {
        return !prefixes.isEmpty() && isPlain(rawPath) && isBelowOne(withSlash(rawPath));
    }

    private boolean isBelowOne(String path) {
        for (var prefix : prefixes) {
            if (path.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPlain(String path) {
        var closed = withSlash(path);
        return path.startsWith("/")
                && !closed.contains("//")
                && !closed.contains("/./")
                && !closed.contains("/../")
                && path.chars().allMatch(PathPrefixes::isPlain);
    }

    private static boolean isPlain(int symbol) {
        return symbol > ' ' && symbol < 0x7f && symbol != '%' && symbol != ';' && symbol != '\\';
    }

    private static String withSlash(String path) {
        return path.endsWith("/") ? path : path + "/";
    }
}
