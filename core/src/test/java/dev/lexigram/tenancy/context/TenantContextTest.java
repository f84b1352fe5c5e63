package dev.lexigram.tenancy.context;

import static dev.lexigram.tenancy.context.SomeTenants.ACME;
import static dev.lexigram.tenancy.context.SomeTenants.GLOBEX;
import static dev.lexigram.tenancy.context.SomeTenants.NONE;
import static dev.lexigram.tenancy.context.SomeTenants.current;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantRequiredException;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TenantContextTest {

    @AfterEach
    void nothing_is_left_bound() {
        assertThat(current()).isEqualTo(NONE);
    }

    @Test
    void a_tenant_is_bound_for_exactly_the_call() {
        var seen = TenantContext.callAs(ACME, TenantContext::require);

        assertThat(seen).isEqualTo(ACME);
        assertThat(TenantContext.current()).isEmpty();
    }

    @Test
    void work_that_needs_a_tenant_is_refused_without_one() {
        assertThatThrownBy(TenantContext::require)
                .isInstanceOfSatisfying(
                        TenantRequiredException.class,
                        refused -> assertThat(refused.code()).isEqualTo("LEX_ERR_TENANT_010"))
                .hasMessageContaining("TenantContext.callAs");
    }

    @Test
    void nesting_restores_each_tenant() {
        TenantContext.runAs(ACME, () -> {
            TenantContext.runAs(GLOBEX, () -> assertThat(current()).isEqualTo("globex"));
            assertThat(current()).isEqualTo("acme");
            TenantContext.runWithout(() -> assertThat(current()).isEqualTo(NONE));
            assertThat(current()).isEqualTo("acme");
            assertThat(TenantContext.<String, RuntimeException>callWithout(SomeTenants::current))
                    .isEqualTo(NONE);
            assertThat(current()).isEqualTo("acme");
        });
    }

    @Test
    void the_exception_of_the_work_keeps_its_type() {
        assertThatThrownBy(() -> TenantContext.runAs(ACME, () -> {
                    throw new IOException("disk");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("disk");
    }

    @Test
    @SuppressWarnings("NullAway") // callers that are not null-checked exist
    void no_tenant_at_all_is_not_taken_for_work_without_a_tenant() {
        Tenant missing = null;

        assertThatThrownBy(() -> TenantContext.runAs(missing, () -> {})).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> TenantContext.callAs(missing, () -> 1)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> TenantContext.enter(missing)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void CX_16_the_context_can_be_entered_and_read_and_has_no_default() throws Exception {
        var methods = Arrays.stream(TenantContext.class.getMethods())
                .filter(method -> method.getDeclaringClass() == TenantContext.class)
                .map(method -> method.getName())
                .distinct();
        assertThat(methods)
                .containsExactlyInAnyOrder(
                        "current",
                        "require",
                        "callAs",
                        "runAs",
                        "callWithout",
                        "runWithout",
                        "enter",
                        "enterWithout",
                        "wrap");
        assertThat(TenantContext.class.getFields()).isEmpty();
        assertThat(TenantContext.class.getConstructors()).isEmpty();
        assertThat(TenantScope.class.getConstructors()).isEmpty();
        assertThat(TenantScope.class.getFields()).isEmpty();
        assertThat(publicTypesOf(TenantContext.class.getDeclaredClasses())).isEmpty();

        var worker = Executors.newSingleThreadExecutor();
        try {
            assertThat(worker.submit(SomeTenants::current).get()).isEqualTo(NONE);
        } finally {
            worker.shutdownNow();
        }
    }

    @Test
    void CX_16_control_a_thread_local_with_a_default_gives_a_tenant_that_nobody_entered() {
        var naive = NaiveContext.withDefault(() -> "acme");

        assertThat(naive.current()).isEqualTo("acme");
        naive.clear();
        assertThat(naive.current()).isEqualTo("acme");
    }

    private static Stream<Class<?>> publicTypesOf(Class<?>[] types) {
        return Arrays.stream(types).filter(type -> Modifier.isPublic(type.getModifiers()));
    }
}
