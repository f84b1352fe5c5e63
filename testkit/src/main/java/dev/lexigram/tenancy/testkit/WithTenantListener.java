package dev.lexigram.tenancy.testkit;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.context.TenantScope;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.core.Ordered;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/**
 * Enters the tenant of {@link WithTenant} before Spring's own listeners do anything for a test method: its transaction
 * and its {@code @Sql} scripts belong to the tenant, in whichever order the annotations stand. Spring finds it by itself.
 *
 * <p>What runs once for a class, such as {@code @Sql} of phase {@code BEFORE_TEST_CLASS}, runs without a tenant.
 */
final class WithTenantListener implements TestExecutionListener, Ordered {

    private static final String SCOPE = WithTenantListener.class.getName() + ".scope";

    /** Before the listeners of Spring that have a place, of which the first stands at 1000. */
    @Override
    public int getOrder() {
        return 0;
    }

    @Override
    public void beforeTestMethod(TestContext context) {
        TestedTenant.of(Optional.of(context.getTestMethod()), context.getTestClass(), enclosing(context.getTestClass()))
                .ifPresent(tenant -> context.setAttribute(SCOPE, TenantContext.enter(tenant)));
    }

    @Override
    public void afterTestMethod(TestContext context) {
        if (context.removeAttribute(SCOPE) instanceof TenantScope scope) {
            scope.close();
        }
    }

    /** The classes around a nested one, outermost first. */
    private static List<Class<?>> enclosing(Class<?> nested) {
        var around = new ArrayList<Class<?>>();
        var type = nested;
        while (type.getEnclosingClass() != null && !Modifier.isStatic(type.getModifiers())) {
            type = type.getEnclosingClass();
            around.add(0, type);
        }
        return around;
    }
}
