package dev.lexigram.tenancy.resolution;

import java.util.List;

/**
 * Which routes need a tenant. Immutable.
 *
 * @param require whether routes without an annotation need a tenant
 * @param ignorePaths path prefixes that never need a tenant
 * @param publicPaths path prefixes on which anonymous callers may choose a tenant
 */
public record RouteConfig(RequireMode require, List<String> ignorePaths, List<String> publicPaths) {

    public static final RouteConfig DEFAULTS = new RouteConfig(RequireMode.GUARDED, List.of(), List.of());

    public RouteConfig {
        ignorePaths = List.copyOf(ignorePaths);
        publicPaths = List.copyOf(publicPaths);
    }

    public RouteConfig withRequire(RequireMode require) {
        return new RouteConfig(require, ignorePaths, publicPaths);
    }

    public RouteConfig withIgnorePaths(String... ignorePaths) {
        return new RouteConfig(require, List.of(ignorePaths), publicPaths);
    }

    public RouteConfig withPublicPaths(String... publicPaths) {
        return new RouteConfig(require, ignorePaths, List.of(publicPaths));
    }
}
