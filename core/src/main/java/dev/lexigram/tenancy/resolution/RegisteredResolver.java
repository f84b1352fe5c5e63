package dev.lexigram.tenancy.resolution;

import dev.lexigram.tenancy.tenant.TenantAccessDeniedException;
import dev.lexigram.tenancy.tenant.TenantUnavailableException;
import java.util.Comparator;
import java.util.Set;

/**
 * A resolver with its name, its priority and the trust given to it, all read once.
 *
 * @param direct how far it is believed in general
 * @param proxied how far it is believed when the peer is a trusted proxy
 */
record RegisteredResolver(String name, int priority, TenantResolver resolver, Trust direct, Trust proxied) {

    /** Verified first, then the lower priority; sorting is stable, so then the one registered first. */
    static Comparator<RegisteredResolver> order(boolean isProxied) {
        return Comparator.comparing((RegisteredResolver registered) -> registered.trust(isProxied))
                .thenComparingInt(RegisteredResolver::priority);
    }

    Trust trust(boolean isProxied) {
        return isProxied ? proxied : direct;
    }

    Set<String> requestHeaders() {
        return resolver.requestHeaders();
    }

    boolean dependsOnPeer() {
        return direct != proxied;
    }

    /** What the resolver says, checked: no look-up ever sees a reference that is not well-formed. */
    Resolution resolve(TenantResolutionContext context) {
        var resolution = ask(context);
        return resolution instanceof Resolution.Resolved resolved && !isWellFormed(resolved.reference())
                ? Resolution.rejected("malformed")
                : resolution;
    }

    private Resolution ask(TenantResolutionContext context) {
        try {
            var resolution = resolver.resolve(context);
            if (resolution == null) {
                throw new NullPointerException("the resolver gave null instead of a Resolution");
            }
            return resolution;
        } catch (TenantAccessDeniedException refused) {
            throw refused;
        } catch (RuntimeException failure) {
            throw TenantUnavailableException.of("Resolver '" + name + "'", failure);
        }
    }

    /** Host names come from where a host is read; a dot in any other source is no part of a reference. */
    private boolean isWellFormed(String reference) {
        return resolver instanceof SubdomainTenantResolver
                ? References.isHostReference(reference)
                : References.isReference(reference);
    }
}
