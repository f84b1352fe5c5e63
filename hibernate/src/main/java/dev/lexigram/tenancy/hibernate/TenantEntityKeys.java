package dev.lexigram.tenancy.hibernate;

import dev.lexigram.tenancy.cache.TenantCacheKey;
import dev.lexigram.tenancy.context.TenantContext;
import org.hibernate.cache.internal.DefaultCacheKeysFactory;
import org.hibernate.cache.spi.CacheKeysFactory;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * Keys of entities, collections and natural ids that begin with the current tenant and end with the session's: an entry
 * is found only where both are the tenant for whom it was kept. A session of another tenant finds nothing, so that the
 * database refuses it; a refusal here would also stop the clean-up after a transaction.
 *
 * <p>The tenant is in their text, too: Hibernate's own leave it out, and some caches keep keys as text. What is evicted by
 * its id alone, without a session, is the current tenant's.
 */
final class TenantEntityKeys implements CacheKeysFactory {

    private final CacheKeysFactory plain = DefaultCacheKeysFactory.INSTANCE;

    @Override
    public Object createEntityKey(
            Object id, EntityPersister persister, SessionFactoryImplementor factory, @Nullable String tenant) {
        return ofCurrent(plain.createEntityKey(id, persister, factory, orCurrent(tenant)));
    }

    @Override
    public Object createCollectionKey(
            Object id, CollectionPersister persister, SessionFactoryImplementor factory, @Nullable String tenant) {
        return ofCurrent(plain.createCollectionKey(id, persister, factory, orCurrent(tenant)));
    }

    @Override
    public Object createNaturalIdKey(
            Object values, EntityPersister persister, SharedSessionContractImplementor session) {
        return ofCurrent(plain.createNaturalIdKey(values, persister, session));
    }

    @Override
    public Object getEntityId(Object key) {
        return plain.getEntityId(within(key));
    }

    @Override
    public Object getCollectionId(Object key) {
        return plain.getCollectionId(within(key));
    }

    @Override
    public Object getNaturalIdValues(Object key) {
        return plain.getNaturalIdValues(within(key));
    }

    private static String orCurrent(@Nullable String tenant) {
        return tenant == null ? TenantContext.require().id().value() : tenant;
    }

    private static Object ofCurrent(Object key) {
        var current = TenantContext.current();
        return current.isPresent() ? new TenantCacheKey(current.get().id(), key) : key;
    }

    private static Object within(Object key) {
        return key instanceof TenantCacheKey own ? own.key() : key;
    }
}
