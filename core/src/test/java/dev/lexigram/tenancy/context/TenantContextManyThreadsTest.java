package dev.lexigram.tenancy.context;

import static dev.lexigram.tenancy.context.SomeTenants.ACME;
import static dev.lexigram.tenancy.context.SomeTenants.NONE;
import static dev.lexigram.tenancy.context.SomeTenants.current;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.tenant.Tenant;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** CX-03, CX-07: many threads at once, of every kind that the running Java has. */
class TenantContextManyThreadsTest {

    private static final int TASKS = 100_000;
    private static final List<Tenant> TENANTS = IntStream.range(0, 100)
            .mapToObj(i -> SomeTenants.tenant("tenant-" + i))
            .toList();

    static List<String> kinds_of_threads() {
        return Runtime.version().feature() >= 21 ? List.of("platform", "virtual") : List.of("platform");
    }

    @ParameterizedTest
    @MethodSource("kinds_of_threads")
    void CX_07_a_hundred_thousand_tasks_each_see_their_own_tenant_only(String kind) throws Exception {
        var mixed = new AtomicInteger();
        var done = new CountDownLatch(TASKS);
        var threads = threads(kind);
        try {
            for (int i = 0; i < TASKS; i++) {
                int number = i;
                threads.execute(() -> {
                    mixed.addAndGet(work(number));
                    done.countDown();
                });
            }
            assertThat(done.await(5, MINUTES)).isTrue();
        } finally {
            threads.shutdownNow();
        }

        assertThat(mixed.get()).isZero();
    }

    @Test
    void CX_07_control_one_tenant_for_all_threads_is_seen_by_the_wrong_ones() throws Exception {
        var shared = new AtomicReference<String>();
        var bothSet = new CountDownLatch(2);
        Callable<String> asAcme = () -> setAndLook(shared, "acme", bothSet);
        Callable<String> asGlobex = () -> setAndLook(shared, "globex", bothSet);
        var threads = Executors.newFixedThreadPool(2);
        try {
            var acme = threads.submit(asAcme);
            var globex = threads.submit(asGlobex);

            assertThat(List.of(acme.get(), globex.get())).containsAnyOf("acme acme", "globex globex");
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @MethodSource("kinds_of_threads")
    void CX_07_a_thread_that_lives_on_keeps_no_tenant_in_memory(String kind) throws Exception {
        var worked = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var threads = threads(kind);
        try {
            var reference = workOnce(threads, worked, release);
            assertThat(worked.await(30, SECONDS)).isTrue();

            assertThat(isCollected(reference)).isTrue();
        } finally {
            release.countDown();
            threads.shutdownNow();
        }
    }

    @Test
    void CX_07_control_a_tenant_that_is_not_cleared_stays_in_memory_with_its_thread() {
        var carrier = new ThreadLocal<Tenant>();
        carrier.set(SomeTenants.tenant("kept"));
        var reference = new WeakReference<>(carrier.get());

        System.gc();

        assertThat(reference.get()).isNotNull();
        assertThat(carrier.get()).isNotNull();
    }

    @Test
    void CX_03_workers_of_a_parallel_stream_have_no_tenant_and_the_calling_thread_has_its_own() throws Exception {
        var seen = onBothWorkers(Before.NOTHING, SomeTenants::current);

        assertThat(seen).containsExactlyInAnyOrder("acme", NONE);
    }

    @Test
    void CX_03_wrapped_work_of_a_parallel_stream_has_the_tenant_everywhere() throws Exception {
        Callable<String> look = SomeTenants::current;
        var wrapped = TenantContext.callAs(ACME, () -> TenantContext.wrap(look));

        var seen = onBothWorkers(Before.NOTHING, wrapped);

        assertThat(seen).containsExactly("acme", "acme");
    }

    @Test
    void CX_03_control_workers_that_were_never_cleared_show_another_tenant_within_one_stream() throws Exception {
        var naive = NaiveContext.plain();

        var seen = onBothWorkers(() -> naive.set("globex"), naive::current);

        assertThat(seen).contains("globex");
    }

    /** Runs a parallel stream of two elements under acme, each on a thread of its own, and gives what they saw. */
    private static List<String> onBothWorkers(Before before, Callable<String> look) throws Exception {
        var pool = new ForkJoinPool(2);
        try {
            var dirty = new CountDownLatch(2);
            var preparing = IntStream.range(0, 2)
                    .mapToObj(i -> pool.submit(() -> {
                        before.prepare();
                        dirty.countDown();
                        return dirty.await(30, SECONDS);
                    }))
                    .toList();
            for (var prepared : preparing) {
                assertThat(prepared.get()).isTrue();
            }
            var bothRunning = new CountDownLatch(2);
            return pool.submit(() -> TenantContext.callAs(
                            ACME,
                            () -> IntStream.range(0, 2)
                                    .parallel()
                                    .mapToObj(element -> meetAndLook(bothRunning, look))
                                    .toList()))
                    .get();
        } finally {
            pool.shutdownNow();
        }
    }

    private static String meetAndLook(CountDownLatch bothRunning, Callable<String> look) {
        try {
            bothRunning.countDown();
            assertThat(bothRunning.await(30, SECONDS)).isTrue();
            return look.call();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static int work(int number) {
        var tenant = TENANTS.get(number % TENANTS.size());
        var other = TENANTS.get((number + 1) % TENANTS.size());
        int mixed = current().equals(NONE) ? 0 : 1;
        mixed += TenantContext.callAs(tenant, () -> {
            int wrong = look(tenant, number);
            wrong += TenantContext.callAs(other, () -> look(other, number));
            return wrong + look(tenant, number);
        });
        return mixed + (current().equals(NONE) ? 0 : 1);
    }

    /** Looks, lets others run, and looks again; every second time while holding a monitor, which may pin the carrier. */
    private static int look(Tenant expected, int number) {
        int wrong = TenantContext.require() == expected ? 0 : 1;
        if (number % 2 == 0) {
            synchronized (new Object()) {
                Thread.yield();
            }
        } else {
            Thread.yield();
        }
        return wrong + (TenantContext.require() == expected ? 0 : 1);
    }

    private static String setAndLook(AtomicReference<String> shared, String tenant, CountDownLatch bothSet)
            throws InterruptedException {
        shared.set(tenant);
        bothSet.countDown();
        bothSet.await();
        return tenant.equals(shared.get()) ? "right" : shared.get() + " " + shared.get();
    }

    private static WeakReference<Tenant> workOnce(
            ExecutorService threads, CountDownLatch worked, CountDownLatch release) {
        var tenant = SomeTenants.tenant("short-lived");
        var reference = new WeakReference<>(tenant);
        threads.execute(bindThenStay(tenant, worked, release));
        return reference;
    }

    private static Runnable bindThenStay(Tenant tenant, CountDownLatch worked, CountDownLatch release) {
        var held = new ConcurrentHashMap<String, Tenant>();
        held.put("tenant", tenant);
        return () -> {
            TenantContext.runAs(held.remove("tenant"), SomeTenants::current);
            worked.countDown();
            try {
                release.await(2, MINUTES);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        };
    }

    private static boolean isCollected(WeakReference<?> reference) {
        var deadline = System.nanoTime() + SECONDS.toNanos(30);
        var garbage = new ArrayList<byte[]>();
        while (reference.get() != null && System.nanoTime() < deadline) {
            System.gc();
            garbage.add(new byte[1024]);
        }
        return reference.get() == null;
    }

    private static ExecutorService threads(String kind) throws ReflectiveOperationException {
        return kind.equals("platform")
                ? Executors.newFixedThreadPool(32)
                : (ExecutorService) Executors.class
                        .getMethod("newVirtualThreadPerTaskExecutor")
                        .invoke(null);
    }

    /** What happens on each worker before the stream. */
    @FunctionalInterface
    private interface Before {

        Before NOTHING = () -> {};

        void prepare();
    }
}
