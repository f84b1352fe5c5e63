package dev.lexigram.tenancy.benchmarks.inprocess;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.lexigram.tenancy.overrides.ConfigCatalog;
import dev.lexigram.tenancy.overrides.ConfigKey;
import dev.lexigram.tenancy.overrides.OverridesConfig;
import dev.lexigram.tenancy.overrides.TenantConfigService;
import dev.lexigram.tenancy.stores.InMemoryTenantStore;
import dev.lexigram.tenancy.tenant.TenantId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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
import org.openjdk.jmh.annotations.Threads;

/** A configuration that is remembered; the floor is a Caffeine cache of the same size with a map for each tenant in it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ConfigBenchmark {

    private static final String KEY = "max_users";
    private static final ConfigKey<Integer> MAX_USERS = ConfigKey.integer(KEY, 10);

    /** How many tenants are asked for in turn, a power of two; see {@link ValidatorBenchmark#tenants}. */
    @Param({"1024", "8192"})
    public int tenants = Texts.COUNT;

    private final OverridesConfig config = OverridesConfig.DEFAULTS;
    private final Cache<TenantId, Map<String, String>> cache = Caffeine.newBuilder()
            .maximumSize(config.cacheSize())
            .executor(Runnable::run)
            .build();
    private final Cache<TenantId, Map<String, String>> ageing = Caffeine.newBuilder()
            .maximumSize(config.cacheSize())
            .expireAfterWrite(config.cacheTtl())
            .executor(Runnable::run)
            .build();
    private TenantConfigService service = service(new InMemoryTenantStore(), config);
    private TenantId[] ids = {};

    /** Where one thread stands. */
    @State(Scope.Thread)
    public static class Turn {
        private int next;
    }

    @Setup
    public void prepare() {
        var texts = Texts.uuids(tenants);
        var store = (InMemoryTenantStore) Tenants.storeOf(Tenants.of(texts));
        service = service(store, config);
        ids = Arrays.stream(Texts.copies(texts)).map(TenantId::of).toArray(TenantId[]::new);
        for (var id : ids) {
            var values = new HashMap<String, String>();
            for (var number = 0; number < 10; number++) {
                values.put("key" + number, "value" + number);
            }
            values.put(KEY, "1000");
            service.setConfigs(id, values);
            service.getEffectiveConfig(id);
            cache.put(id, values);
            ageing.put(id, values);
        }
    }

    @Benchmark
    public Optional<String> getConfig(Turn turn) {
        return service.getConfig(id(turn), KEY);
    }

    /** As many threads as cores: if they hinder each other, a call takes more of the processor than with one. */
    @Benchmark
    @Threads(Threads.MAX)
    public Optional<String> getConfigByAll(Turn turn) {
        return service.getConfig(id(turn), KEY);
    }

    @Benchmark
    @Threads(Threads.MAX)
    public @Nullable String floorByAll(Turn turn) {
        return read(cache, id(turn));
    }

    @Benchmark
    public Integer typed(Turn turn) {
        return service.getConfig(id(turn), MAX_USERS);
    }

    @Benchmark
    public @Nullable String floor(Turn turn) {
        return read(cache, id(turn));
    }

    @Benchmark
    public @Nullable String floorAgain(Turn turn) {
        return read(cache, id(turn));
    }

    /** A cache that knows how old its entries are, as the service must. */
    @Benchmark
    public @Nullable String ageingCaffeine(Turn turn) {
        return read(ageing, id(turn));
    }

    private TenantId id(Turn turn) {
        return ids[turn.next++ & (tenants - 1)];
    }

    private static @Nullable String read(Cache<TenantId, Map<String, String>> cache, TenantId id) {
        var values = cache.getIfPresent(id);
        return values == null ? null : values.get(KEY);
    }

    private static TenantConfigService service(InMemoryTenantStore store, OverridesConfig config) {
        return TenantConfigService.of(store, store, config, ConfigCatalog.EMPTY.withKeys(MAX_USERS));
    }
}
