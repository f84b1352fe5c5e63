package dev.lexigram.tenancy.context;

import static dev.lexigram.tenancy.context.SomeTenants.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.tenant.Tenant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** CX-01: a thread that works for many, one after the other, keeps nothing of anybody. */
class TenantContextScheduleTest {

    private static final int STEPS = 1_000_000;
    private static final List<Tenant> TENANTS =
            IntStream.range(0, 5).mapToObj(i -> SomeTenants.tenant("t" + i)).toList();

    @Test
    void CX_01_a_reused_thread_shows_every_schedule_of_work_its_own_tenant_only() {
        long steps = 0;
        for (long seed = 0; steps < STEPS; seed++) {
            var schedule = new RandomSchedule(seed, new Entered());
            steps += schedule.run();

            assertThat(schedule.surprises()).as("seed %d", seed).isEmpty();
        }
    }

    @Test
    void CX_01_control_the_same_schedules_catch_a_context_that_is_set_and_cleared() {
        var naive = NaiveContext.plain();
        int caught = 0;
        for (long seed = 0; seed < 100; seed++) {
            var schedule = new RandomSchedule(seed, new SetAndCleared(naive));
            schedule.run();
            caught += schedule.surprises().isEmpty() ? 0 : 1;
        }

        assertThat(caught).isGreaterThan(50);
    }

    @Test
    void CX_01_a_pool_thread_that_served_a_tenant_serves_the_next_task_with_none() throws Exception {
        var pool = Executors.newSingleThreadExecutor();
        try {
            TenantContext.wrap(pool); // wrapping binds nothing
            fail(pool, () -> TenantContext.runAs(TENANTS.get(0), TenantContextScheduleTest::boom));

            assertThat(pool.submit(SomeTenants::current).get()).isEqualTo(NONE);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void CX_01_control_without_entering_the_next_task_finds_the_tenant_of_the_one_before() throws Exception {
        var naive = NaiveContext.plain();
        var pool = Executors.newSingleThreadExecutor();
        try {
            fail(pool, () -> naive.runAs("t0", TenantContextScheduleTest::boom));

            assertThat(pool.submit(naive::current).get()).isEqualTo("t0");
        } finally {
            pool.shutdownNow();
        }
    }

    private static void fail(ExecutorService pool, Runnable task) throws Exception {
        assertThat(pool.submit(() -> {
                            try {
                                task.run();
                                return "no failure";
                            } catch (IllegalStateException failure) {
                                return failure.getMessage();
                            }
                        })
                        .get())
                .isEqualTo("boom");
    }

    private static void boom() {
        throw new IllegalStateException("boom");
    }

    private static final class Entered implements RandomSchedule.Carrier {

        @Override
        public String current() {
            return SomeTenants.current();
        }

        @Override
        public void runAs(int tenant, Runnable work) {
            TenantContext.runAs(TENANTS.get(tenant), work::run);
        }

        @Override
        public void runInScope(int tenant, Runnable work) {
            try (var scope = TenantContext.enter(TENANTS.get(tenant))) {
                assertThat(scope).isNotNull();
                work.run();
            }
        }

        @Override
        public void runWithout(Runnable work) {
            TenantContext.runWithout(work::run);
        }

        @Override
        public Runnable wrap(Runnable task) {
            return TenantContext.wrap(task);
        }
    }

    private record SetAndCleared(NaiveContext naive) implements RandomSchedule.Carrier {

        @Override
        public String current() {
            return naive.current();
        }

        @Override
        public void runAs(int tenant, Runnable work) {
            naive.runAs("t" + tenant, work);
        }

        @Override
        public void runInScope(int tenant, Runnable work) {
            naive.runAs("t" + tenant, work);
        }

        @Override
        public void runWithout(Runnable work) {
            naive.clear();
            work.run();
        }

        @Override
        public Runnable wrap(Runnable task) {
            return naive.wrap(task);
        }
    }
}
