package dev.lexigram.tenancy.hibernate;

import org.hibernate.cache.spi.QueryResultsRegion;
import org.hibernate.cache.spi.RegionFactory;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/** Results of queries, given only to the tenant of the session that asks; Hibernate's keys of them name that tenant. */
record TenantQueryResults(QueryResultsRegion region) implements QueryResultsRegion {

    @Override
    public @Nullable Object getFromCache(Object key, SharedSessionContractImplementor session) {
        SessionTenant.require(session);
        return region.getFromCache(key, session);
    }

    @Override
    public void putIntoCache(Object key, Object value, SharedSessionContractImplementor session) {
        region.putIntoCache(key, value, session);
    }

    @Override
    public String getName() {
        return region.getName();
    }

    @Override
    public RegionFactory getRegionFactory() {
        return region.getRegionFactory();
    }

    @Override
    public void clear() {
        region.clear();
    }

    @Override
    public void destroy() {
        region.destroy();
    }
}
