package dev.lexigram.tenancy.benchmarks.inprocess;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.lexigram.tenancy.enforcement.TenantValidator;
import dev.lexigram.tenancy.resolution.ValidatorCacheConfig;
import dev.lexigram.tenancy.stores.InMemoryTenantStore;
import dev.lexigram.tenancy.tenant.Tenant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A tenant that the validator remembers; the floor is a Caffeine cache of the same size and nothing around it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ValidatorBenchmark {

    /**
     * How many tenants are remembered and asked for in turn, a power of two. Caffeine keeps no account of reads while it
     * is less than half full, so both sides of that are measured.
     */
    @Param({"1024", "8192"})
    public int tenants = Texts.COUNT;

    private final ValidatorCacheConfig config = ValidatorCacheConfig.DEFAULTS;
    private final Cache<String, Tenant> cache = Caffeine.newBuilder()
            .maximumSize(config.size())
            .executor(Runnable::run)
            .build();
    private final Cache<String, Tenant> ageing = Caffeine.newBuilder()
            .maximumSize(config.size())
            .expireAfterWrite(config.ttl())
            .executor(Runnable::run)
            .build();
    private final Map<String, Tenant> map = new ConcurrentHashMap<>();
    private TenantValidator validator = new TenantValidator(new InMemoryTenantStore(), config);
    private String[] references = {};
    private int next;

    @Setup
    public void prepare() {
        var ids = Texts.uuids(tenants);
        var all = Tenants.of(ids);
        all.forEach(tenant -> cache.put(tenant.id().value(), tenant));
        all.forEach(tenant -> ageing.put(tenant.id().value(), tenant));
        all.forEach(tenant -> map.put(tenant.id().value(), tenant));
        validator = new TenantValidator(Tenants.storeOf(all), config);
        references = Texts.copies(ids);
    }

    @Benchmark
    public Optional<Tenant> validator() {
        return validator.find(reference());
    }

    @Benchmark
    public @Nullable Tenant floor() {
        return cache.getIfPresent(reference());
    }

    @Benchmark
    public @Nullable Tenant floorAgain() {
        return cache.getIfPresent(reference());
    }

    /** A cache that knows how old its entries are, as the validator must. */
    @Benchmark
    public @Nullable Tenant ageingCaffeine() {
        return ageing.getIfPresent(reference());
    }

    @Benchmark
    public @Nullable Tenant concurrentHashMap() {
        return map.get(reference());
    }

    private String reference() {
        return references[next++ & (tenants - 1)];
    }
}
