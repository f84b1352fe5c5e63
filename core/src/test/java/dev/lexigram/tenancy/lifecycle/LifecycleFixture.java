package dev.lexigram.tenancy.lifecycle;

import dev.lexigram.tenancy.isolation.IsolationStrategy;
import dev.lexigram.tenancy.isolation.IsolationStrategyRegistry;
import dev.lexigram.tenancy.stores.InMemoryTenantStore;
import dev.lexigram.tenancy.stores.TenantPage;
import dev.lexigram.tenancy.stores.TenantQuery;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantEvent;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.Uuid7;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;

/** A lifecycle service over a store in memory, with everything that it touches in sight. */
abstract class LifecycleFixture {

    static final Instant START = Instant.parse("2026-10-01T08:00:00.000000001Z");

    final InMemoryTenantStore store = new InMemoryTenantStore();
    final List<TenantId> invalidated = new ArrayList<>();
    final List<TenantId> provisioned = new ArrayList<>();
    final Place place = new Place();
    Instant now = START;
    TenantLifecycleService tenants;

    @BeforeEach
    void assemble() {
        tenants = service(store, LifecycleConfig.DEFAULTS);
    }

    TenantLifecycleService service(TenantStore store, LifecycleConfig config) {
        var strategies = new IsolationStrategyRegistry();
        strategies.register(place);
        return new TenantLifecycleService(store, strategies, config, () -> now, Uuid7::next, invalidated::add, "ada");
    }

    final class Place implements IsolationStrategy {

        Consumer<TenantId> work = id -> {};

        @Override
        public String name() {
            return "row_level";
        }

        @Override
        public void provision(TenantId id) {
            work.accept(id);
            provisioned.add(id);
        }

        @Override
        public void deprovision(TenantId id) {
            provisioned.remove(id);
        }

        @Override
        public Connection open(Tenant tenant) {
            throw new UnsupportedOperationException();
        }
    }

    /** A store in which something happens, once, between a service's reading and its writing. */
    static class Interfering implements TenantStore {

        private final TenantStore inner;
        Runnable beforeSave = () -> {};
        int saves;

        Interfering(TenantStore inner) {
            this.inner = inner;
        }

        @Override
        public Optional<Tenant> findById(TenantId id) {
            return inner.findById(id);
        }

        @Override
        public Optional<Tenant> findByName(String name) {
            return inner.findByName(name);
        }

        @Override
        public TenantPage page(TenantQuery query) {
            return inner.page(query);
        }

        @Override
        public Tenant save(Tenant tenant, long expectedVersion, List<TenantEvent> events) {
            var once = beforeSave;
            beforeSave = () -> {};
            once.run();
            return inner.save(tenant, expectedVersion, events);
        }
    }
}
