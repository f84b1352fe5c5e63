package dev.lexigram.tenancy.enforcement;

import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A validator as it is often written: look, load, put, with one cache for all. The negative control of ours. */
final class NaiveLookUp {

    private final TenantStore store;
    private final Map<String, Optional<Tenant>> cache;

    NaiveLookUp(TenantStore store, int size) {
        this.store = store;
        this.cache = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Optional<Tenant>> eldest) {
                return size() > size;
            }
        });
    }

    Optional<Tenant> find(String reference) {
        var cached = cache.get(reference);
        if (cached != null) {
            return cached;
        }
        var found = TenantId.parse(reference).flatMap(store::findById).or(() -> store.findByName(reference));
        cache.put(reference, found);
        return found;
    }

    void invalidate(TenantId id) {
        cache.values().removeIf(found -> found.map(Tenant::id).equals(Optional.of(id)));
    }
}
