package dev.lexigram.tenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.context.TenantMdc;
import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** What the starter shows to the log: the key follows the context, whatever happens. */
class TenantMdcTest {

    private static final Tenant ACME = tenant("acme");
    private static final Tenant GLOBEX = tenant("globex");

    @AfterEach
    void nothing_is_left() {
        assertThat(shown()).isNull();
        MDC.clear();
    }

    @Test
    void CX_15_nested_entries_restore_what_was_shown() {
        TenantContext.runAs(ACME, () -> {
            assertThat(shown()).isEqualTo("acme");
            TenantContext.runAs(GLOBEX, () -> assertThat(shown()).isEqualTo("globex"));
            assertThat(shown()).isEqualTo("acme");
            TenantContext.runWithout(() -> assertThat(shown()).isNull());
            assertThat(shown()).isEqualTo("acme");
        });
    }

    @Test
    void CX_15_it_is_restored_after_exceptions_and_errors() {
        TenantContext.runAs(ACME, () -> {
            assertThatThrownBy(() -> TenantContext.runAs(GLOBEX, () -> {
                        throw new IllegalStateException();
                    }))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(shown()).isEqualTo("acme");
            assertThatThrownBy(() -> TenantContext.callAs(GLOBEX, TenantMdcTest::endless))
                    .isInstanceOf(StackOverflowError.class);
            assertThat(shown()).isEqualTo("acme");
        });
    }

    @Test
    void CX_15_scopes_show_and_hide_it_also_when_they_are_closed_out_of_order() {
        var outer = TenantContext.enter(ACME);
        var inner = TenantContext.enter(GLOBEX);
        assertThat(shown()).isEqualTo("globex");

        assertThatThrownBy(outer::close).hasMessageContaining("out of order");

        assertThat(shown()).isNull();
        assertThatThrownBy(inner::close).hasMessageContaining("out of order");
        try (var scope = TenantContext.enterWithout()) {
            assertThat(shown()).isNull();
        }
    }

    @Test
    void CX_15_a_pooled_thread_shows_the_tenant_of_each_wrapped_task_and_then_none() throws Exception {
        var pool = Executors.newFixedThreadPool(1);
        try {
            Callable<String> shown = () -> String.valueOf(shown());
            var ofAcme =
                    TenantContext.<Callable<String>, RuntimeException>callAs(ACME, () -> TenantContext.wrap(shown));

            assertThat(pool.submit(ofAcme).get()).isEqualTo("acme");
            assertThat(pool.submit(shown).get()).isEqualTo("null");
            pool.submit(() -> MDC.put("user", "acme")).get(); // what nobody takes away
            assertThat(pool.submit(MDC::getCopyOfContextMap).get()).isEqualTo(Map.of("user", "acme"));
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void CX_15_what_somebody_else_has_written_there_is_no_tenant() {
        MDC.put(TenantMdc.KEY, "globex");

        assertThat(TenantContext.current()).isEmpty();
        TenantContext.runWithout(() -> assertThat(shown()).isNull());
        assertThat(shown()).isNull();
    }

    @Test
    void other_keys_stay_as_they_are() {
        MDC.put("user", "ann");

        TenantContext.runAs(ACME, () -> MDC.put("order", "7"));

        assertThat(MDC.getCopyOfContextMap()).isEqualTo(Map.of("user", "ann", "order", "7"));
    }

    private static @Nullable String shown() {
        return MDC.get(TenantMdc.KEY);
    }

    private static Object endless() {
        return TenantContext.callAs(ACME, TenantMdcTest::endless);
    }

    private static Tenant tenant(String name) {
        return Tenant.active(TenantId.of(name), Slug.of(name), name, Instant.now());
    }
}
