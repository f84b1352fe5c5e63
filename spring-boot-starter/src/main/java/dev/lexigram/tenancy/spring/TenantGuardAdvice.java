package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.enforcement.TenantGuard;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.util.ClassUtils;

/** Lets an annotated method run only under the tenant that it demands, or with none bound. */
final class TenantGuardAdvice implements MethodInterceptor {

    private record Call(Method method, Class<?> type) {}

    private final TenantGuard guard = new TenantGuard();
    private final Map<Call, TenantDemand> demands = new ConcurrentHashMap<>();

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        var demand = demands.computeIfAbsent(call(invocation), call -> TenantDemand.of(call.method, call.type));
        demand.check(guard);
        return demand.isWithout() ? proceedWithout(invocation) : invocation.proceed();
    }

    private static @Nullable Object proceedWithout(MethodInvocation invocation) throws Throwable {
        var result = new Object[1];
        TenantContext.<Throwable>runWithout(() -> result[0] = invocation.proceed());
        return result[0];
    }

    private static Call call(MethodInvocation invocation) {
        var target = invocation.getThis();
        var type = target == null
                ? invocation.getMethod().getDeclaringClass()
                : ClassUtils.getUserClass(AopUtils.getTargetClass(target));
        return new Call(AopUtils.getMostSpecificMethod(invocation.getMethod(), type), type);
    }
}
