package dev.lexigram.tenancy.benchmarks.inprocess;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.resolution.RouteConfig;
import dev.lexigram.tenancy.servlet.TenantContextFilter;
import dev.lexigram.tenancy.tenant.Tenant;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A request from the container to the application and back: resolve, validate, bind, unbind. The floor is a hand-written
 * filter with the same kind of memory; another one keeps all tenants for ever in a map, as no application should.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FilterBenchmark {

    private static final int CACHE_SIZE = 10_000;
    private static final Duration CACHE_TTL = Duration.ofSeconds(30);

    @Param
    public Source source = Source.DEFAULTS;

    private final HttpServletResponse response = Call.response();
    private final String[] ids = Texts.uuids();
    private final List<Tenant> tenants = Tenants.of(ids);
    private Call[] calls = {};
    private int next;
    private @Nullable Object seen;

    private final FilterChain application = (request, answer) -> seen = TenantContext.require();
    private final FilterChain handWrittenApplication = (request, answer) -> seen = HandWrittenFilter.current();
    private Filter filter = (request, answer, chain) -> {};
    private Filter handWritten = filter;
    private Filter careless = filter;

    @Setup
    public void prepare() {
        calls = Arrays.stream(Texts.copies(ids)).map(source::callOf).toArray(Call[]::new);
        filter = new TenantContextFilter(
                source.tenancyOf(tenants).admission(), RouteConfig.DEFAULTS, Call::principalOf, request -> false);
        var cache = Caffeine.newBuilder()
                .maximumSize(CACHE_SIZE)
                .expireAfterWrite(CACHE_TTL)
                .executor(Runnable::run)
                .<String, Tenant>build();
        Map<String, Tenant> map = new ConcurrentHashMap<>();
        tenants.forEach(tenant -> map.put(tenant.id().value(), tenant));
        Function<String, @Nullable Tenant> store = map::get;
        handWritten = new HandWrittenFilter(source::read, reference -> cache.get(reference, store));
        careless = new HandWrittenFilter(source::read, store);
    }

    @Benchmark
    public @Nullable Object filter() throws ServletException, IOException {
        return seenThrough(filter, application);
    }

    @Benchmark
    public @Nullable Object floor() throws ServletException, IOException {
        return seenThrough(handWritten, handWrittenApplication);
    }

    @Benchmark
    public @Nullable Object floorAgain() throws ServletException, IOException {
        return seenThrough(handWritten, handWrittenApplication);
    }

    @Benchmark
    public @Nullable Object mapForEver() throws ServletException, IOException {
        return seenThrough(careless, handWrittenApplication);
    }

    /** The tenant that the application saw; comparing the fields' values would cost, so JMH consumes it. */
    private @Nullable Object seenThrough(Filter measured, FilterChain chain) throws ServletException, IOException {
        measured.doFilter(calls[next++ & (Texts.COUNT - 1)], response, chain);
        return seen;
    }
}
