package dev.lexigram.tenancy.lifecycle;

import dev.lexigram.tenancy.isolation.DeprovisionPolicy;
import dev.lexigram.tenancy.isolation.ErasedResource;
import dev.lexigram.tenancy.isolation.IsolationStrategy;
import dev.lexigram.tenancy.isolation.IsolationStrategyRegistry;
import dev.lexigram.tenancy.stores.InMemoryTenantStore;
import dev.lexigram.tenancy.stores.LifecycleJournal;
import dev.lexigram.tenancy.stores.TenantDeletions;
import dev.lexigram.tenancy.stores.TenantPage;
import dev.lexigram.tenancy.stores.TenantQuery;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantEvent;
import dev.lexigram.tenancy.tenant.TenantId;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;

/** A lifecycle service over a store in memory, with everything that it touches in sight. */
abstract class LifecycleFixture {

    static final Instant START = Instant.parse("2026-10-01T08:00:00.000000001Z");

    Instant now = START;
    final InMemoryTenantStore store = new InMemoryTenantStore(() -> now);
    final List<TenantId> invalidated = Collections.synchronizedList(new ArrayList<>());
    final List<TenantId> provisioned = Collections.synchronizedList(new ArrayList<>());
    final Place place = new Place();
    TenantLifecycleService tenants;

    @BeforeEach
    void assemble() {
        tenants = service(store, LifecycleConfig.DEFAULTS);
    }

    TenantLifecycleService service(TenantStore store, LifecycleConfig config) {
        return new TenantLifecycleService(parts(store, config));
    }

    LifecycleParts parts(TenantStore store, LifecycleConfig config) {
        var strategies = new IsolationStrategyRegistry();
        strategies.register(place);
        return LifecycleParts.of(store, strategies, config)
                .withClock(() -> now)
                .withInvalidated(invalidated::add)
                .withActor("ada");
    }

    final class Place implements IsolationStrategy {

        Consumer<TenantId> work = id -> {};
        Consumer<Tenant> removal = tenant -> {};

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
        public Set<DeprovisionPolicy> policies() {
            return EnumSet.of(DeprovisionPolicy.DROP, DeprovisionPolicy.KEEP);
        }

        @Override
        public List<ErasedResource> deprovision(Tenant tenant, DeprovisionPolicy policy) {
            removal.accept(tenant);
            return List.of(new ErasedResource("row", 3, 3, 0));
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
        public Optional<LifecycleJournal> journal() {
            return inner.journal().map(journal -> new InterferingJournal(journal, this::interfere));
        }

        @Override
        public Optional<TenantDeletions> deletions() {
            return inner.deletions();
        }

        @Override
        public Tenant save(Tenant tenant, long expectedVersion, List<TenantEvent> events) {
            interfere();
            return inner.save(tenant, expectedVersion, events);
        }

        private void interfere() {
            var once = beforeSave;
            beforeSave = () -> {};
            once.run();
        }
    }
}
