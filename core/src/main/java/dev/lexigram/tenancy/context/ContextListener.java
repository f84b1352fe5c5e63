package dev.lexigram.tenancy.context;

import dev.lexigram.tenancy.tenant.Tenant;
import java.util.Optional;

/**
 * Follows the tenant of each thread, for what has to go along with it, such as the MDC of a log.
 *
 * <p>Found once by {@code java.util.ServiceLoader}, in the class loader of this library. Called by many threads, often,
 * and by each about itself; what a listener throws is logged once and changes nothing.
 */
@FunctionalInterface
public interface ContextListener {

    /** This thread has just entered or left a tenant, and now runs as this one or as none. */
    void changed(Optional<Tenant> current);
}
