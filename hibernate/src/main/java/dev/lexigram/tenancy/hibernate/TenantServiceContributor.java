package dev.lexigram.tenancy.hibernate;

import java.util.Map;
import org.hibernate.boot.registry.StandardServiceInitiator;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.cache.internal.NoCachingRegionFactory;
import org.hibernate.cache.internal.RegionFactoryInitiator;
import org.hibernate.cache.spi.RegionFactory;
import org.hibernate.cfg.MultiTenancySettings;
import org.hibernate.service.spi.ServiceContributor;
import org.hibernate.service.spi.ServiceRegistryImplementor;
import org.jspecify.annotations.Nullable;

/** Found by Hibernate: has the caches of a factory kept by tenant, if its sessions are tied to tenants. */
public final class TenantServiceContributor implements ServiceContributor {

    @Override
    public void contribute(StandardServiceRegistryBuilder builder) {
        builder.addInitiator(new Regions());
    }

    /** Makes the region factory that was configured, and puts the tenants' in front of it. */
    private static final class Regions implements StandardServiceInitiator<RegionFactory> {

        @Override
        public Class<RegionFactory> getServiceInitiated() {
            return RegionFactory.class;
        }

        @Override
        public @Nullable RegionFactory initiateService(
                Map<String, Object> settings, ServiceRegistryImplementor registry) {
            var configured = RegionFactoryInitiator.INSTANCE.initiateService(settings, registry);
            var tied = TenantSessions.isOurs(settings.get(MultiTenancySettings.MULTI_TENANT_IDENTIFIER_RESOLVER));
            return tied && configured != null && !(configured instanceof NoCachingRegionFactory)
                    ? new TenantRegionFactory(configured)
                    : configured;
        }
    }
}
