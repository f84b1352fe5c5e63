package dev.lexigram.tenancy.context;

import static dev.lexigram.tenancy.context.SomeTenants.ACME;
import static dev.lexigram.tenancy.context.SomeTenants.GLOBEX;
import static dev.lexigram.tenancy.context.SomeTenants.NONE;
import static dev.lexigram.tenancy.context.SomeTenants.current;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.tenant.TenantIsolationException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TenantScopeTest {

    private final ExecutorService otherThread = Executors.newSingleThreadExecutor();

    @AfterEach
    void nothing_is_left_bound() throws Exception {
        assertThat(current()).isEqualTo(NONE);
        assertThat(elsewhere(SomeTenants::current)).isEqualTo(NONE);
        otherThread.shutdownNow();
    }

    @Test
    void CX_09_an_exception_in_a_nested_tenant_restores_the_outer_one_exactly() {
        TenantContext.runAs(ACME, () -> {
            var before = TenantContext.slot()[0];

            assertThatThrownBy(() -> TenantContext.runAs(GLOBEX, () -> {
                        throw new IllegalStateException("inner");
                    }))
                    .hasMessage("inner");

            assertThat(TenantContext.slot()[0]).isSameAs(before);
            assertThat(TenantContext.require()).isSameAs(ACME);
        });
    }

    @Test
    void CX_09_control_set_and_clear_lose_the_outer_tenant_and_keep_the_inner_one_after_an_exception() {
        var naive = NaiveContext.plain();

        naive.runAs("acme", () -> {
            naive.runAs("globex", () -> {});
            assertThat(naive.current()).isEqualTo(NONE);
        });
        assertThatThrownBy(() -> naive.runAs("globex", () -> {
                    throw new IllegalStateException("inner");
                }))
                .hasMessage("inner");
        assertThat(naive.current()).isEqualTo("globex");
    }

    @Test
    void scopes_closed_innermost_first_restore_step_by_step() {
        try (var outer = TenantContext.enter(ACME)) {
            try (var inner = TenantContext.enter(GLOBEX)) {
                assertThat(current()).isEqualTo("globex");
                assertThat(inner).isNotSameAs(outer);
            }
            assertThat(current()).isEqualTo("acme");
        }
    }

    @Test
    void a_scope_without_a_tenant_hides_the_outer_one_until_it_is_closed() {
        TenantContext.runAs(ACME, () -> {
            try (var scope = TenantContext.enterWithout()) {
                assertThat(scope).isNotNull();
                assertThat(current()).isEqualTo(NONE);
            }
            assertThat(current()).isEqualTo("acme");
        });
    }

    @Test
    void closing_twice_changes_nothing() {
        var scope = TenantContext.enter(ACME);
        scope.close();

        TenantContext.runAs(GLOBEX, () -> {
            scope.close();
            assertThat(current()).isEqualTo("globex");
        });
    }

    @Test
    void CX_09_scopes_closed_out_of_order_raise_and_leave_no_tenant() {
        var outer = TenantContext.enter(ACME);
        var inner = TenantContext.enter(GLOBEX);

        assertThatThrownBy(outer::close)
                .isInstanceOf(TenantIsolationException.class)
                .hasMessageContaining("out of order");
        assertThat(current()).isEqualTo(NONE);

        assertThatThrownBy(inner::close).isInstanceOf(TenantIsolationException.class);
        assertThat(current()).isEqualTo(NONE);
    }

    @Test
    void CX_09_a_scope_closed_inside_another_call_raises_and_that_call_still_restores_what_was_outside() {
        TenantContext.runAs(ACME, () -> {
            var stray = TenantContext.enter(GLOBEX);
            TenantContext.runAs(ACME, () -> {
                assertThatThrownBy(stray::close).isInstanceOf(TenantIsolationException.class);
                assertThat(current()).isEqualTo(NONE);
                TenantContext.enter(GLOBEX); // never closed
            });
            assertThat(current()).isEqualTo(NONE); // the closed scope does not come back
        });
        assertThat(current()).isEqualTo(NONE);
    }

    @Test
    void CX_09_a_scope_that_nobody_closes_ends_with_the_call_around_it() {
        TenantContext.runAs(ACME, () -> {
            TenantContext.runWithout(() -> TenantContext.enter(GLOBEX));
            assertThat(current()).isEqualTo("acme");
        });
    }

    @Test
    void CX_09_a_scope_closed_on_another_thread_raises_there_and_can_still_be_closed_here() throws Exception {
        var scope = TenantContext.enter(ACME);

        elsewhere(() -> {
            TenantContext.runAs(GLOBEX, () -> {
                assertThatThrownBy(scope::close)
                        .isInstanceOf(TenantIsolationException.class)
                        .hasMessageContaining("another thread");
                assertThat(current()).isEqualTo(NONE);
            });
            return null;
        });

        assertThat(current()).isEqualTo("acme");
        scope.close();
    }

    @Test
    void CX_09_control_a_handle_that_restores_without_looking_brings_a_closed_tenant_back() {
        var naive = NaiveContext.plain();
        naive.set("acme");
        Runnable closeGlobex = handle(naive, "globex");
        naive.clear(); // the outer entry is closed first

        closeGlobex.run();

        assertThat(naive.current()).isEqualTo("acme");
    }

    private static Runnable handle(NaiveContext naive, String tenant) {
        var outer = naive.current();
        naive.set(tenant);
        return () -> naive.set(outer);
    }

    private <T> T elsewhere(Callable<T> work) throws Exception {
        return otherThread.submit(work).get();
    }
}
