package dev.lexigram.tenancy.servlet;

import dev.lexigram.tenancy.stores.TenantPage;
import dev.lexigram.tenancy.stores.TenantQuery;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantEvent;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantUnavailableException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** A store whose database does not answer. */
final class BrokenStore implements TenantStore {

    @Override
    public Optional<Tenant> findById(TenantId id) {
        throw away();
    }

    @Override
    public Optional<Tenant> findByName(String name) {
        throw away();
    }

    @Override
    public TenantPage page(TenantQuery query) {
        throw away();
    }

    @Override
    public Tenant save(Tenant tenant, long expectedVersion, List<TenantEvent> events) {
        throw away();
    }

    private static TenantUnavailableException away() {
        return TenantUnavailableException.of("The store of tenants", new SQLException("jdbc:postgresql://secret"));
    }
}
