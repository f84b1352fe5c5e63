package dev.lexigram.tenancy.spring.cache;

import dev.lexigram.tenancy.context.TenantContext;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;

/** Counts how often it had to look, and for whom. */
class CachedNotes {

    private int looks;

    @Cacheable(cacheNames = "notes", sync = true)
    public String all() {
        return look();
    }

    @Cacheable("notes")
    public String one(String id) {
        return look();
    }

    @Cacheable("common")
    public String common() {
        return look();
    }

    @CacheEvict(cacheNames = "notes", allEntries = true)
    public void changed() {}

    private String look() {
        looks++;
        return looks + " of "
                + TenantContext.current().map(tenant -> tenant.id().value()).orElse("nobody");
    }
}
