package dev.lexigram.tenancy.spring.shop;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.tenant.Tenant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.support.TransactionTemplate;

/** Work that no request has asked for; not found by the scan, so that only some tests have it. */
@EnableScheduling
class Jobs {

    private final Names names;
    private final TransactionTemplate transaction;
    private final Map<String, Object> results = new ConcurrentHashMap<>();

    Jobs(Names names, TransactionTemplate transaction) {
        this.names = names;
        this.transaction = transaction;
    }

    /** What came of each job so far: what it has seen, or its failure. */
    Map<String, Object> results() {
        return results;
    }

    @Scheduled(fixedDelay = 100)
    void unbound() {
        record("jdbc", names::byJdbc);
        record("jpa", names::byJpa);
        record("jpa in a transaction", () -> transaction.execute(status -> names.byJpa()));
        record("insert", () -> {
            names.add("orphan");
            return "";
        });
    }

    @Scheduled(fixedDelay = 100)
    void forEachTenant() {
        for (Tenant tenant : List.of(Shop.ACME, Shop.GLOBEX)) {
            record(tenant.id().value(), () -> TenantContext.callAs(tenant, names::both));
        }
        record("afterwards", () -> TenantContext.current().toString() + Thread.currentThread());
    }

    @Async
    public CompletableFuture<String> later() {
        return CompletableFuture.completedFuture(names.both() + Thread.currentThread());
    }

    private void record(String name, Supplier<String> work) {
        try {
            results.put(name, work.get());
        } catch (RuntimeException failure) {
            results.put(name, failure);
        }
    }
}
