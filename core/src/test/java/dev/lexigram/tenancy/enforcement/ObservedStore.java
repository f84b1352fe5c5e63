package dev.lexigram.tenancy.enforcement;

import dev.lexigram.tenancy.stores.InMemoryTenantStore;
import dev.lexigram.tenancy.stores.TenantPage;
import dev.lexigram.tenancy.stores.TenantQuery;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantEvent;
import dev.lexigram.tenancy.tenant.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The store in memory, with its look-ups counted, and a hook that runs after an answer is read and before it is given. */
final class ObservedStore implements TenantStore {

    private final InMemoryTenantStore inner = new InMemoryTenantStore();
    private final AtomicInteger byId = new AtomicInteger();
    private final AtomicInteger byName = new AtomicInteger();
    private volatile Runnable afterRead = () -> {};

    ObservedStore(Tenant... tenants) {
        for (var tenant : tenants) {
            inner.save(tenant, NEW, List.of());
        }
    }

    /** What happens between reading and answering: waiting, or failing. */
    void afterRead(Runnable hook) {
        afterRead = hook;
    }

    int lookUps() {
        return byId.get() + byName.get();
    }

    int lookUpsById() {
        return byId.get();
    }

    void replace(Tenant tenant) {
        var stored = inner.findById(tenant.id()).orElseThrow();
        inner.save(tenant, stored.version(), List.of());
    }

    @Override
    public Optional<Tenant> findById(TenantId id) {
        byId.incrementAndGet();
        var answer = inner.findById(id);
        afterRead.run();
        return answer;
    }

    @Override
    public Optional<Tenant> findByName(String name) {
        byName.incrementAndGet();
        var answer = inner.findByName(name);
        afterRead.run();
        return answer;
    }

    @Override
    public TenantPage page(TenantQuery query) {
        return inner.page(query);
    }

    @Override
    public Tenant save(Tenant tenant, long expectedVersion, List<TenantEvent> events) {
        return inner.save(tenant, expectedVersion, events);
    }
}
