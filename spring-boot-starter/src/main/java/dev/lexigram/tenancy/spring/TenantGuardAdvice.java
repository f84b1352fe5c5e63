package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.enforcement.TenantGuard;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.support.AopUtils;
import org.springframework.util.ClassUtils;

/** Lets an annotated method run only under the tenant that it demands, or with none bound. */
final class TenantGuardAdvice implements MethodInterceptor {

    private record Call(Method method, Method declared, Class<?> type, Class<?> proxy) {}

    private final TenantGuard guard = new TenantGuard();
    private final Map<Call, TenantDemand> demands = new ConcurrentHashMap<>();

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        var demand = demands.computeIfAbsent(
                call(invocation), call -> TenantDemand.of(call.type, call.proxy, call.method, call.declared));
        demand.check(guard);
        return demand.isWithout() ? proceedWithout(invocation) : invocation.proceed();
    }

    private static @Nullable Object proceedWithout(MethodInvocation invocation) throws Throwable {
        var result = new Object[1];
        TenantContext.<Throwable>runWithout(() -> result[0] = invocation.proceed());
        return result[0];
    }

    /** A proxy of interfaces may carry annotations that its target does not have. */
    private static Call call(MethodInvocation invocation) {
        var proxy = invocation instanceof ProxyMethodInvocation known
                ? known.getProxy().getClass()
                : Object.class;
        var target = invocation.getThis();
        var type = target == null ? proxy : ClassUtils.getUserClass(AopUtils.getTargetClass(target));
        var method = AopUtils.getMostSpecificMethod(invocation.getMethod(), type);
        return new Call(method, invocation.getMethod(), type, Proxy.isProxyClass(proxy) ? proxy : type);
    }
}
