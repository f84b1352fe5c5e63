package dev.lexigram.tenancy.context;

import static dev.lexigram.tenancy.context.SomeTenants.ACME;
import static dev.lexigram.tenancy.context.SomeTenants.GLOBEX;
import static dev.lexigram.tenancy.context.SomeTenants.NONE;
import static dev.lexigram.tenancy.context.SomeTenants.current;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** CX-10: whatever fails, wherever it fails, the tenant from before is back. */
class TenantContextFaultsTest {

    private static final int SMALL_STACK = 256 * 1024;

    @AfterEach
    void nothing_is_left_bound() {
        assertThat(current()).isEqualTo(NONE);
    }

    static Stream<Arguments> failures_in_every_way_to_enter() {
        return Stream.of(
                        new IllegalStateException("unchecked"),
                        new IOException("checked"),
                        new InterruptedException("interrupted"),
                        new StackOverflowError("thrown"),
                        new OutOfMemoryError("thrown"),
                        new AssertionError("thrown"),
                        new Error("an error such as ThreadDeath"),
                        new Throwable("neither error nor exception"))
                .flatMap(failure -> Stream.of(Way.values()).map(way -> Arguments.of(way, failure)));
    }

    @ParameterizedTest
    @MethodSource("failures_in_every_way_to_enter")
    void CX_10_a_failure_of_the_work_restores_what_was_before(Way way, Throwable failure) throws Throwable {
        TenantContext.runAs(GLOBEX, () -> {
            assertThat(catchThrowable(() -> way.run(() -> {
                        throw failure;
                    })))
                    .isSameAs(failure);
            assertThat(current()).isEqualTo("globex");
        });

        assertThat(catchThrowable(() -> way.run(() -> {
                    throw failure;
                })))
                .isSameAs(failure);
    }

    @Test
    void CX_10_a_failure_at_each_step_of_nested_work_restores_what_was_before() {
        int steps = nestedWork(Integer.MAX_VALUE);

        for (int failing = 1; failing <= steps; failing++) {
            int step = failing;
            assertThatThrownBy(() -> nestedWork(step)).hasMessage("step " + step);
            assertThat(current()).as("after a failure at step %d", step).isEqualTo(NONE);
        }
        assertThat(steps).isEqualTo(9);
    }

    @Test
    void CX_10_an_interrupt_ends_the_work_and_not_the_restoring() {
        TenantContext.runAs(ACME, () -> {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> TenantContext.runAs(GLOBEX, () -> {
                        new CountDownLatch(1).await();
                    }))
                    .isInstanceOf(InterruptedException.class);
            assertThat(current()).isEqualTo("acme");
        });
    }

    @Test
    void CX_10_a_stack_that_overflows_at_any_depth_keeps_nothing_bound_where_clearing_by_a_call_does()
            throws Exception {
        var naive = NaiveContext.plain();
        var leaks = new ArrayList<String>();
        var leaksOfControl = new ArrayList<String>();

        onSmallStack(() -> {
            enterAndLeave();
            setAndClear(naive); // both once with enough stack, so that their classes are loaded
            for (int round = 0; round < 5 || round < 1000 && leaksOfControl.isEmpty(); round++) {
                sweepDepths(TenantContextFaultsTest::enterAndLeave, SomeTenants::current, leaks);
                sweepDepths(() -> setAndClear(naive), naive::current, leaksOfControl);
                naive.clear();
            }
        });

        assertThat(leaks).isEmpty();
        assertThat(leaksOfControl).isNotEmpty();
    }

    @Test
    void CX_10_endless_nesting_of_tenants_overflows_and_ends_with_none() {
        TenantContext.runAs(GLOBEX, () -> {
            assertThat(catchThrowable(() -> nestForEver(0))).isInstanceOf(StackOverflowError.class);
            assertThat(current()).isEqualTo("globex");
        });
    }

    /** Runs the action with ever less stack left, and notes what is bound afterwards when it should be nothing. */
    private static void sweepDepths(Runnable action, Supplier<String> current, List<String> leaks) {
        int edge = deepest(); // found anew each time: frames shrink when they are compiled
        for (int depth = Math.max(0, edge - 300); depth <= edge + 10; depth++) {
            overflows(depth, action);
            if (!current.get().equals(NONE)) {
                leaks.add("depth " + depth + ": " + current.get());
            }
        }
    }

    private static void onSmallStack(Runnable work) throws InterruptedException {
        var failure = new AtomicReference<Throwable>();
        var thread = new Thread(null, work, "small stack", SMALL_STACK);
        thread.setUncaughtExceptionHandler((unused, thrown) -> failure.set(thrown));
        thread.start();
        thread.join();
        assertThat(failure.get()).isNull();
    }

    private static void enterAndLeave() {
        TenantContext.runAs(ACME, SomeTenants::current);
        try (var scope = TenantContext.enter(GLOBEX)) {
            scope.hashCode();
        }
    }

    private static void setAndClear(NaiveContext naive) {
        try {
            naive.set("acme");
        } finally {
            clearThroughSomeCalls(naive, 1000);
        }
    }

    private static int deepest() {
        int fits = 0;
        int tooDeep = 1 << 20;
        while (tooDeep - fits > 1) {
            int depth = (fits + tooDeep) / 2;
            if (overflows(depth, () -> {})) {
                tooDeep = depth;
            } else {
                fits = depth;
            }
        }
        return fits;
    }

    private static boolean overflows(int depth, Runnable action) {
        try {
            dive(depth, action);
            return false;
        } catch (StackOverflowError expected) {
            return true;
        }
    }

    private static void dive(int depth, Runnable action) {
        if (depth == 0) {
            action.run();
        } else {
            dive(depth - 1, action);
        }
    }

    private static void clearThroughSomeCalls(NaiveContext naive, int calls) {
        if (calls == 0) {
            naive.clear();
        } else {
            clearThroughSomeCalls(naive, calls - 1);
        }
    }

    private static void nestForEver(int depth) {
        TenantContext.runAs(depth % 2 == 0 ? ACME : GLOBEX, () -> nestForEver(depth + 1));
    }

    private static int nestedWork(int failing) {
        int[] step = {0};
        Runnable hit = () -> {
            if (++step[0] == failing) {
                throw new IllegalStateException("step " + failing);
            }
        };
        hit.run();
        TenantContext.runAs(ACME, () -> {
            hit.run();
            TenantContext.runAs(GLOBEX, () -> {
                hit.run();
                TenantContext.runWithout(hit::run);
                hit.run();
            });
            hit.run();
            try (var scope = TenantContext.enter(GLOBEX)) {
                hit.run();
                scope.close();
                hit.run();
            }
            hit.run();
        });
        return step[0];
    }

    /** Every way to enter a tenant. */
    private enum Way {
        RUN_AS {
            @Override
            void run(TenantRunnable<Throwable> work) throws Throwable {
                TenantContext.runAs(ACME, work);
            }
        },
        CALL_AS {
            @Override
            void run(TenantRunnable<Throwable> work) throws Throwable {
                TenantContext.callAs(ACME, () -> {
                    work.run();
                    return "done";
                });
            }
        },
        RUN_WITHOUT {
            @Override
            void run(TenantRunnable<Throwable> work) throws Throwable {
                TenantContext.runWithout(work);
            }
        },
        SCOPE {
            @Override
            void run(TenantRunnable<Throwable> work) throws Throwable {
                try (var scope = TenantContext.enter(ACME)) {
                    assertThat(scope).isNotNull();
                    work.run();
                }
            }
        },
        SCOPE_WITHOUT {
            @Override
            void run(TenantRunnable<Throwable> work) throws Throwable {
                try (var scope = TenantContext.enterWithout()) {
                    assertThat(scope).isNotNull();
                    work.run();
                }
            }
        },
        WRAPPED_TASK {
            @Override
            void run(TenantRunnable<Throwable> work) {
                TenantContext.callAs(ACME, () -> TenantContext.wrap(sneaky(work)))
                        .run();
            }
        },
        WRAPPED_EXECUTOR {
            @Override
            void run(TenantRunnable<Throwable> work) {
                Executor direct = Runnable::run;
                var executor = TenantContext.wrap(direct);
                TenantContext.runAs(ACME, () -> executor.execute(sneaky(work)));
            }
        };

        abstract void run(TenantRunnable<Throwable> work) throws Throwable;

        private static Runnable sneaky(TenantRunnable<Throwable> work) {
            return () -> {
                try {
                    work.run();
                } catch (Throwable failure) {
                    TenantContextFaultsTest.<RuntimeException>rethrow(failure);
                }
            };
        }
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> void rethrow(Throwable failure) throws X {
        throw (X) failure;
    }
}
