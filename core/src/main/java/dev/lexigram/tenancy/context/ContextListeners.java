package dev.lexigram.tenancy.context;

import dev.lexigram.tenancy.tenant.Tenant;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Several listeners as one, which does not fail. */
final class ContextListeners implements ContextListener {

    private static final Logger LOG = LoggerFactory.getLogger(ContextListener.class);

    private final List<ContextListener> listeners;
    private final AtomicBoolean failureWasLogged = new AtomicBoolean();

    ContextListeners(List<ContextListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    /** Those that are installed, or null where nobody listens. */
    static @Nullable ContextListener installed() {
        // Not the loader of the thread that happens to come first: on a pool of the JDK it knows no application.
        var found = ServiceLoader.load(ContextListener.class, ContextListener.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        return found.isEmpty() ? null : new ContextListeners(found);
    }

    @Override
    public void changed(Optional<Tenant> current) {
        for (var listener : listeners) {
            try {
                listener.changed(current);
            } catch (RuntimeException failure) {
                if (failureWasLogged.compareAndSet(false, true)) {
                    LOG.error("A ContextListener failed; it may have missed a change of tenant. Said once.", failure);
                }
            }
        }
    }
}
