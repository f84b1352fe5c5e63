package dev.lexigram.tenancy.hibernate;

import java.util.Map;
import org.hibernate.boot.spi.SessionFactoryOptions;
import org.hibernate.cache.cfg.spi.DomainDataRegionBuildingContext;
import org.hibernate.cache.cfg.spi.DomainDataRegionConfig;
import org.hibernate.cache.spi.CacheKeysFactory;
import org.hibernate.cache.spi.CacheTransactionSynchronization;
import org.hibernate.cache.spi.DomainDataRegion;
import org.hibernate.cache.spi.QueryResultsRegion;
import org.hibernate.cache.spi.RegionFactory;
import org.hibernate.cache.spi.TimestampsRegion;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;

/**
 * The regions of the cache that an application has chosen, with keys that say whose an entry is.
 *
 * <p>The times at which tables were changed stay common to all: they hold nothing of a row, and a change by one session
 * has to outdate what every other has found, where a table is shared or a script has changed it.
 */
final class TenantRegionFactory implements RegionFactory {

    private static final long serialVersionUID = 1L;

    private final transient RegionFactory chosen;

    TenantRegionFactory(RegionFactory chosen) {
        this.chosen = chosen;
    }

    @Override
    public DomainDataRegion buildDomainDataRegion(
            DomainDataRegionConfig config, DomainDataRegionBuildingContext context) {
        return chosen.buildDomainDataRegion(config, new ByTenant(context.getSessionFactory()));
    }

    @Override
    public QueryResultsRegion buildQueryResultsRegion(String name, SessionFactoryImplementor factory) {
        return new TenantQueryResults(chosen.buildQueryResultsRegion(name, factory));
    }

    @Override
    public TimestampsRegion buildTimestampsRegion(String name, SessionFactoryImplementor factory) {
        return chosen.buildTimestampsRegion(name, factory);
    }

    @Override
    public void start(SessionFactoryOptions options, Map<String, Object> settings) {
        chosen.start(options, settings);
    }

    @Override
    public void stop() {
        chosen.stop();
    }

    @Override
    public boolean isMinimalPutsEnabledByDefault() {
        return chosen.isMinimalPutsEnabledByDefault();
    }

    @Override
    public AccessType getDefaultAccessType() {
        return chosen.getDefaultAccessType();
    }

    @Override
    public String qualify(String regionName) {
        return chosen.qualify(regionName);
    }

    @Override
    public CacheTransactionSynchronization createTransactionContext(SharedSessionContractImplementor session) {
        return chosen.createTransactionContext(session);
    }

    @Override
    public long nextTimestamp() {
        return chosen.nextTimestamp();
    }

    @Override
    public long getTimeout() {
        return chosen.getTimeout();
    }

    private record ByTenant(SessionFactoryImplementor factory) implements DomainDataRegionBuildingContext {

        @Override
        public CacheKeysFactory getEnforcedCacheKeysFactory() {
            return new TenantEntityKeys();
        }

        @Override
        public SessionFactoryImplementor getSessionFactory() {
            return factory;
        }
    }
}
