package dev.lexigram.tenancy.benchmarks.inprocess;

import dev.lexigram.tenancy.benchmarks.Options;
import dev.lexigram.tenancy.benchmarks.Suite;
import dev.lexigram.tenancy.benchmarks.Table;
import dev.lexigram.tenancy.enforcement.TenantValidator;
import dev.lexigram.tenancy.resolution.ValidatorCacheConfig;
import dev.lexigram.tenancy.stores.TenantPage;
import dev.lexigram.tenancy.stores.TenantQuery;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantEvent;
import dev.lexigram.tenancy.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * What a tenant takes in the memory of the validator: the heap that is in use after a collection, with the cache filled and
 * with it empty. The tenants have UUIDs as ids and a slug, a name and two times each; they live in the cache alone.
 */
public final class CacheMemorySuite implements Suite {

    @Override
    public String name() {
        return "cache-memory";
    }

    @Override
    public String title() {
        return "Bytes of a tenant in the validator's memory";
    }

    @Override
    public String run(Options options) {
        var table = new Table("tenants", "bytes each, with the tenant", "of that the tenant itself");
        for (var tenants : new int[] {100_000, 1_000_000}) {
            table.row(
                    String.format(Locale.ROOT, "%,d", tenants),
                    String.valueOf(ofMemory(tenants)),
                    String.valueOf(ofTenants(tenants)));
        }
        return table.toString();
    }

    private static long ofMemory(int tenants) {
        var config = ValidatorCacheConfig.DEFAULTS
                .withSize(tenants)
                .withTtl(Duration.ofDays(1))
                .withMaxStaleness(Duration.ofDays(1));
        var validator = new TenantValidator(new MakingStore(), config);
        var before = used();
        for (var number = 0; number < tenants; number++) {
            validator.validate(id(number));
        }
        var after = used();
        validator.invalidateAll(); // not before: it must still be reachable
        return (after - before) / tenants;
    }

    private static long ofTenants(int tenants) {
        var all = new Tenant[tenants];
        var before = used();
        for (var number = 0; number < tenants; number++) {
            all[number] = tenant(id(number));
        }
        var after = used();
        return (after - before) / (all[0] == null ? 1 : tenants);
    }

    private static String id(int number) {
        return new UUID(number * 0x9E3779B97F4A7C15L, number).toString();
    }

    private static Tenant tenant(String id) {
        return Tenant.active(TenantId.of(id), Slug.of("of-" + id.substring(0, 13)), "Tenant " + id, Instant.now());
    }

    private static long used() {
        var runtime = Runtime.getRuntime();
        var least = Long.MAX_VALUE;
        for (var time = 0; time < 5; time++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    /** Makes each tenant that it is asked for, and keeps none. */
    private static final class MakingStore implements TenantStore {

        @Override
        public Optional<Tenant> findById(TenantId id) {
            return Optional.of(tenant(id.value()));
        }

        @Override
        public Optional<Tenant> findByName(String name) {
            return Optional.empty();
        }

        @Override
        public TenantPage page(TenantQuery query) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Tenant save(Tenant tenant, long expectedVersion, List<TenantEvent> events) {
            throw new UnsupportedOperationException();
        }
    }
}
