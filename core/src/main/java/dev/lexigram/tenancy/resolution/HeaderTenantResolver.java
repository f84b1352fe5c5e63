package dev.lexigram.tenancy.resolution;

import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the tenant from a request header, {@code x-tenant-id} by default; the case of the value is kept.
 *
 * <p>Whoever sends the request chooses the value, so it is a selector, unless it comes from a trusted proxy that sets
 * it. Two values, or a comma, are rejected even when equal: parts of a deployment would read different ones.
 */
public final class HeaderTenantResolver implements TenantResolver {

    static final String NAME = "header";

    private final String headerName;

    /** Reads the default header. */
    public HeaderTenantResolver() {
        this(ResolutionConfig.DEFAULTS.headerName());
    }

    /** @throws TenancyConfigurationException if no header can have this name */
    public HeaderTenantResolver(String headerName) {
        ResolutionChecks.require(problem(headerName));
        this.headerName = References.lowerCase(headerName);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int priority() {
        return 20;
    }

    @Override
    public Resolution resolve(TenantResolutionContext context) {
        var values = context.headers(headerName);
        return switch (values.size()) {
            case 0 -> Resolution.absent();
            case 1 -> read(values.get(0));
            default -> Resolution.rejected("ambiguous");
        };
    }

    @Override
    public Set<String> requestHeaders() {
        return Set.of(headerName);
    }

    private static Resolution read(String value) {
        if (value.length() > References.MAX_RAW_LENGTH) {
            return Resolution.rejected("malformed");
        }
        return value.indexOf(',') >= 0
                ? Resolution.rejected("ambiguous")
                : Resolution.resolved(References.trimmed(value));
    }

    /** Header names are tokens (RFC 9110, section 5.6.2). */
    static Optional<String> problem(String headerName) {
        return isToken(headerName)
                ? Optional.empty()
                : Optional.of("resolution.header_name must be a header's name of 1 to 128 letters, digits and"
                        + " !#$%&'*+-.^_`|~, such as x-tenant-id");
    }

    private static boolean isToken(String text) {
        return !text.isEmpty()
                && text.length() <= 128
                && text.chars()
                        .allMatch(symbol ->
                                References.isLetterOrDigit((char) symbol) || "!#$%&'*+-.^_`|~".indexOf(symbol) >= 0);
    }
}
