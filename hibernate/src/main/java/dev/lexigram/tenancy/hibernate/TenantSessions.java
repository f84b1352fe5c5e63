package dev.lexigram.tenancy.hibernate;

import java.util.Map;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.MultiTenancySettings;
import org.hibernate.engine.jdbc.connections.spi.MultiTenantConnectionProvider;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.jspecify.annotations.Nullable;

/**
 * Ties the sessions of Hibernate to their tenants: {@code Persistence.createEntityManagerFactory("app", settings)} with
 * {@link #settings} among the settings, and a DataSource that confines its connections.
 *
 * <p>A session then belongs to the tenant under which it was opened, and refuses to load, store or answer under another,
 * even what it holds already. Entities, collections, natural ids and results of queries are cached by tenant.
 */
public final class TenantSessions {

    private TenantSessions() {}

    /** What Hibernate has to be configured with; the rest joins by itself. */
    public static Map<String, Object> settings() {
        return Map.of(
                MultiTenancySettings.MULTI_TENANT_IDENTIFIER_RESOLVER,
                new TenantIdentifierResolver(),
                MultiTenancySettings.MULTI_TENANT_CONNECTION_PROVIDER,
                TenantConnectionProvider.class);
    }

    /** Whether this factory's sessions are tied to their tenants, and its caches kept by tenant. */
    public static boolean areTied(SessionFactory factory) {
        var built = factory.unwrap(SessionFactoryImplementor.class);
        var options = built.getSessionFactoryOptions();
        return isOurs(options.getCurrentTenantIdentifierResolver())
                && built.getServiceRegistry().getService(MultiTenantConnectionProvider.class)
                        instanceof TenantConnectionProvider
                && (!caches(built) || built.getCache().getRegionFactory() instanceof TenantRegionFactory);
    }

    /** Whether this resolver, or the class or name of one, is the library's. */
    static boolean isOurs(@Nullable Object resolver) {
        return resolver instanceof TenantIdentifierResolver
                || TenantIdentifierResolver.class.equals(resolver)
                || TenantIdentifierResolver.class.getName().equals(resolver);
    }

    private static boolean caches(SessionFactoryImplementor factory) {
        var options = factory.getSessionFactoryOptions();
        return options.isSecondLevelCacheEnabled() || options.isQueryCacheEnabled();
    }
}
