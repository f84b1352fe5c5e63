package dev.lexigram.tenancy.context;

import static dev.lexigram.tenancy.context.SomeTenants.ACME;
import static dev.lexigram.tenancy.context.SomeTenants.GLOBEX;
import static dev.lexigram.tenancy.context.SomeTenants.NONE;
import static dev.lexigram.tenancy.context.SomeTenants.current;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.tenant.TenantRequiredException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** CX-02, CX-04, CX-05, CX-06: work that goes to other threads. */
class TenantContextThreadsTest {

    private final List<ExecutorService> pools = new ArrayList<>();

    @AfterEach
    void nothing_is_left_bound() {
        pools.forEach(ExecutorService::shutdownNow);
        assertThat(current()).isEqualTo(NONE);
    }

    @Test
    void CX_02_a_pool_thread_born_under_one_tenant_shows_it_to_nobody() throws Exception {
        var pool = pool();

        var born = TenantContext.callAs(
                ACME, () -> pool.submit(SomeTenants::current).get());
        var used = TenantContext.callAs(
                GLOBEX, () -> pool.submit(SomeTenants::current).get());

        assertThat(born).isEqualTo(NONE);
        assertThat(used).isEqualTo(NONE);
    }

    @Test
    void CX_02_control_an_inheritable_thread_local_shows_the_tenant_under_which_the_thread_was_born() throws Exception {
        var naive = NaiveContext.inheritable();
        var pool = pool();

        naive.set("acme");
        var born = pool.submit(naive::current).get();
        naive.clear();
        naive.set("globex");
        var used = pool.submit(naive::current).get();

        assertThat(born).isEqualTo("acme");
        assertThat(used).isEqualTo("acme");
    }

    @Test
    void CX_04_a_stage_without_an_executor_has_no_tenant_and_says_so() throws Exception {
        var stage = TenantContext.callAs(
                ACME, () -> CompletableFuture.supplyAsync(() -> "row").thenApplyAsync(row -> TenantContext.require()));

        assertThatThrownBy(() -> stage.get(30, SECONDS)).hasCauseInstanceOf(TenantRequiredException.class);
    }

    @Test
    void CX_04_stages_on_a_wrapped_executor_keep_the_tenant() throws Exception {
        var executor = TenantContext.wrap(pool());

        var stages = TenantContext.callAs(
                ACME,
                () -> CompletableFuture.supplyAsync(SomeTenants::current, executor)
                        .thenApplyAsync(first -> first + " " + current(), executor)
                        .thenApplyAsync(both -> both + " " + current(), executor));

        assertThat(stages.get(30, SECONDS)).isEqualTo("acme acme acme");
    }

    @Test
    void CX_04_control_a_stage_on_a_thread_that_was_never_cleared_finds_the_tenant_of_another() throws Exception {
        var naive = NaiveContext.plain();
        var pool = pool();
        pool.submit(() -> naive.set("globex")).get();

        naive.set("acme");
        var stage = CompletableFuture.supplyAsync(naive::current, pool);

        assertThat(stage.get(30, SECONDS)).isEqualTo("globex");
    }

    @Test
    void CX_05_a_task_runs_under_the_tenant_of_its_submission_after_that_call_has_ended() throws Exception {
        var pool = pool();
        var executor = TenantContext.wrap(pool);
        var gate = new CountDownLatch(1);

        Future<String> task = TenantContext.callAs(
                ACME,
                () -> executor.submit(() -> {
                    gate.await();
                    return current();
                }));
        var foreign = TenantContext.callAs(GLOBEX, () -> executor.submit((Callable<String>) SomeTenants::current));
        gate.countDown();

        assertThat(task.get(30, SECONDS)).isEqualTo("acme");
        assertThat(foreign.get(30, SECONDS)).isEqualTo("globex");
        assertThat(pool.submit(SomeTenants::current).get()).isEqualTo(NONE);
    }

    @Test
    void CX_05_a_task_submitted_with_no_tenant_has_none() throws Exception {
        var executor = TenantContext.wrap(pool());

        assertThat(executor.submit((Callable<String>) SomeTenants::current).get(30, SECONDS))
                .isEqualTo(NONE);
    }

    @Test
    void CX_05_every_way_to_submit_keeps_the_tenant() throws Exception {
        var executor = TenantContext.wrap(pool());
        var seen = new AtomicReference<String>();
        Callable<String> task = SomeTenants::current;

        TenantContext.runAs(ACME, () -> {
            executor.submit(() -> seen.set(current())).get(30, SECONDS);
            assertThat(seen.get()).isEqualTo("acme");
            assertThat(executor.invokeAll(List.of(task, task)))
                    .extracting(Future::get)
                    .containsExactly("acme", "acme");
            assertThat(executor.invokeAny(List.of(task))).isEqualTo("acme");
        });
    }

    @Test
    void CX_05_a_scheduled_job_has_no_tenant_unless_it_is_given_one() throws Exception {
        var scheduler = Executors.newScheduledThreadPool(1);
        pools.add(scheduler);
        Callable<String> job = SomeTenants::current;

        TenantContext.runAs(ACME, () -> {
            assertThat(scheduler.schedule(job, 1, MILLISECONDS).get()).isEqualTo(NONE);
            assertThat(scheduler
                            .schedule(TenantContext.wrap(job), 1, MILLISECONDS)
                            .get())
                    .isEqualTo("acme");
        });
        assertThat(scheduler.submit(job).get()).isEqualTo(NONE);
    }

    @Test
    void CX_05_control_a_task_that_is_not_wrapped_finds_what_an_earlier_one_left_there() throws Exception {
        var naive = NaiveContext.plain();
        var pool = pool();

        pool.submit(() -> naive.set("globex")).get(); // and never cleared

        naive.set("acme");
        assertThat(pool.submit(naive::current).get()).isEqualTo("globex");
    }

    @Test
    void CX_06_a_task_that_the_full_queue_hands_back_to_its_caller_leaves_the_callers_tenant_in_place()
            throws Exception {
        var taskOfAcme = new AtomicReference<String>();
        var task = TenantContext.callAs(ACME, () -> TenantContext.wrap(() -> taskOfAcme.set(current())));

        onFullPool(full -> TenantContext.runAs(GLOBEX, () -> {
            full.execute(task);
            assertThat(taskOfAcme.get()).isEqualTo("acme"); // it ran at once, on this thread
            assertThat(current()).isEqualTo("globex");
            TenantContext.wrap(full).execute(() -> assertThat(current()).isEqualTo("globex"));
            assertThat(current()).isEqualTo("globex");
        }));
    }

    @Test
    void CX_06_control_a_wrapper_that_clears_leaves_the_caller_with_none() throws Exception {
        var naive = NaiveContext.plain();
        naive.set("acme");
        var task = naive.wrap(() -> {});

        naive.set("globex");
        onFullPool(full -> full.execute(task));

        assertThat(naive.current()).isEqualTo(NONE);
    }

    private ExecutorService pool() {
        var pool = Executors.newSingleThreadExecutor();
        pools.add(pool);
        return pool;
    }

    /** A pool whose only thread is busy and whose queue is full, so that a caller runs its task itself. */
    private void onFullPool(Consumer<ExecutorService> use) throws Exception {
        var busy = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var pool = new ThreadPoolExecutor(
                1, 1, 0, SECONDS, new ArrayBlockingQueue<>(1), new ThreadPoolExecutor.CallerRunsPolicy());
        pools.add(pool);
        pool.submit(() -> {
            busy.countDown();
            return release.await(30, SECONDS);
        });
        busy.await();
        pool.submit(() -> {});
        use.accept(pool);
        release.countDown();
    }
}
