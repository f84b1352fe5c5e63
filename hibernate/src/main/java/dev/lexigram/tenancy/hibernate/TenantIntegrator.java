package dev.lexigram.tenancy.hibernate;

import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import java.util.List;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.spi.BootstrapContext;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.event.service.spi.EventListenerRegistry;
import org.hibernate.event.spi.EventType;
import org.hibernate.integrator.spi.Integrator;

/** Found by Hibernate: puts the guard in front of a factory's sessions, if they are tied to tenants. */
public final class TenantIntegrator implements Integrator {

    @Override
    public void integrate(Metadata metadata, BootstrapContext context, SessionFactoryImplementor factory) {
        if (!TenantSessions.isOurs(factory.getSessionFactoryOptions().getCurrentTenantIdentifierResolver())) {
            return;
        }
        checkTenantIds(factory);
        var guard = new SessionGuard();
        var listeners = factory.getServiceRegistry().requireService(EventListenerRegistry.class);
        listeners.prependListeners(EventType.LOAD, guard);
        listeners.prependListeners(EventType.PERSIST, guard);
        listeners.prependListeners(EventType.MERGE, guard);
        listeners.prependListeners(EventType.DELETE, guard);
        listeners.prependListeners(EventType.REPLICATE, guard);
    }

    private static void checkTenantIds(SessionFactoryImplementor factory) {
        var type = factory.getTenantIdentifierJavaType().getJavaTypeClass();
        if (!type.isAssignableFrom(String.class)) {
            throw TenancyConfigurationException.of(List.of("A @TenantId is of type " + type.getName()
                    + ", and a tenant's id is a text; declare it as String, for a column of type text"));
        }
    }
}
