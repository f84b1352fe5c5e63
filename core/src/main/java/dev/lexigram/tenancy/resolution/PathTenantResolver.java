package dev.lexigram.tenancy.resolution;

import dev.lexigram.tenancy.tenant.TenancyConfigurationException;

/**
 * Reads the tenant from one segment of the path, {@code /tenants/{tenant_id}/} by default. The pattern matches from the
 * start of the path, segment by segment and in its exact case; a slash at its end is optional.
 *
 * <p>Routers disagree on what {@code //}, {@code ..}, {@code ;} and encoded characters mean. So a path that some router
 * could read as one of this pattern, and that is not written in the one plain way, is rejected.
 */
public final class PathTenantResolver implements TenantResolver {

    static final String NAME = "path";

    private static final int MAX_PATH_LENGTH = 8_192;

    private final PathPattern pattern;

    /** Reads the default pattern. */
    public PathTenantResolver() {
        this(ResolutionConfig.DEFAULTS.pathPattern().orElseThrow());
    }

    /** @throws TenancyConfigurationException if this is no pattern with exactly one segment for the tenant */
    public PathTenantResolver(String pattern) {
        ResolutionChecks.require(PathPattern.problem(pattern));
        this.pattern = PathPattern.of(pattern);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int priority() {
        return 40;
    }

    @Override
    public Resolution resolve(TenantResolutionContext context) {
        var path = context.rawPath();
        if (path.length() > MAX_PATH_LENGTH) {
            return RawPath.isPlain(path, MAX_PATH_LENGTH) && !path.startsWith(pattern.prefix())
                    ? Resolution.absent()
                    : Resolution.rejected("path");
        }
        if (RawPath.isPlain(path, path.length())) {
            return path.startsWith(pattern.prefix()) ? read(path) : Resolution.absent();
        }
        return pattern.leads(RawPath.lenientSegments(path)) ? readDisguised(path) : Resolution.absent();
    }

    private Resolution readDisguised(String path) {
        var isCanonical = path.startsWith(pattern.prefix())
                && !RawPath.isAmbiguous(path)
                && RawPath.isVerbatim(path, pattern.tenantStart(), pattern.tenantEnd(path));
        return isCanonical ? read(path) : Resolution.rejected("path");
    }

    private Resolution read(String path) {
        var start = pattern.tenantStart();
        var end = pattern.tenantEnd(path);
        return start == end || !pattern.endsAt(path, end)
                ? Resolution.absent()
                : Resolution.resolved(path.substring(start, end));
    }
}
