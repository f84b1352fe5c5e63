package dev.lexigram.tenancy.context;

import dev.lexigram.tenancy.tenant.Tenant;
import java.util.Optional;
import org.slf4j.MDC;

/**
 * Shows the tenant to the log: {@value #KEY} in the MDC is the id of the tenant that the thread runs as, and is not there
 * when it runs as none, whatever somebody else has put there. Nobody reads it back.
 *
 * <p>The Spring Boot starter installs it. Elsewhere, name it in a file
 * {@code META-INF/services/dev.lexigram.tenancy.context.ContextListener}.
 */
public final class TenantMdc implements ContextListener {

    /** The key in the MDC. */
    public static final String KEY = "tenantId";

    @Override
    public void changed(Optional<Tenant> current) {
        if (current.isPresent()) {
            MDC.put(KEY, current.get().id().value());
        } else {
            MDC.remove(KEY);
        }
    }
}
