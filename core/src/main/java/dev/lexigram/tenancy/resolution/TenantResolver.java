package dev.lexigram.tenancy.resolution;

import java.util.Set;

/**
 * Reads one source of a call, such as a header, for the tenant that it names.
 *
 * <p>A resolver is a pure function of the call, called by many threads at once. What it says is not yet believed: how
 * far it is trusted is decided where it is registered. If it throws, the call is bound to nothing.
 */
public interface TenantResolver {

    /** Unique among the resolvers of a chain. */
    String name();

    /** Verified resolvers are asked first, then the lower number first, then the one registered first. */
    int priority();

    Resolution resolve(TenantResolutionContext context);

    /**
     * The request headers on which its answer depends, so that a cache of answers tells requests apart by them; none for
     * what is no header, and for the host.
     */
    default Set<String> requestHeaders() {
        return Set.of();
    }
}
