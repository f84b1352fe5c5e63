package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.context.TenantScope;
import dev.lexigram.tenancy.enforcement.TenantGuard;
import dev.lexigram.tenancy.servlet.TenantContextFilter;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantAccessDeniedException;
import dev.lexigram.tenancy.tenant.TenantRequiredException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.AsyncHandlerInterceptor;

/**
 * Enforces {@code @RequireTenant} and {@code @WithoutTenant} on methods that handle requests: the first passes only under
 * the tenant that the request was admitted for, the second runs with none bound. It refuses by an exception, which
 * becomes the same answer as every other.
 */
final class TenantGuardInterceptor implements AsyncHandlerInterceptor {

    private static final String SCOPES = TenantGuardInterceptor.class.getName() + ".scopes";

    private final TenantGuard guard;

    TenantGuardInterceptor(TenantGuard guard) {
        this.guard = guard;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method) {
            var demand = demand(method);
            if (!demand.required().isEmpty()) {
                checkIsOfRequest(request);
                demand.check(guard);
            }
            if (demand.isWithout()) {
                scopes(request).push(TenantContext.enterWithout());
            }
        }
        return true;
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
        leave(request, handler);
    }

    @Override
    public void afterConcurrentHandlingStarted(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        leave(request, handler);
    }

    static TenantDemand demand(HandlerMethod method) {
        return TenantDemand.of(method.getMethod(), method.getBeanType());
    }

    private void leave(HttpServletRequest request, Object handler) {
        if (handler instanceof HandlerMethod method && demand(method).isWithout()) {
            scopes(request).pop().close();
        }
    }

    /** Whoever is bound now must be whom the filter has admitted: nobody in between speaks for the caller. */
    private static void checkIsOfRequest(HttpServletRequest request) {
        if (!(request.getAttribute(TenantContextFilter.TENANT_ATTRIBUTE) instanceof Tenant admitted)) {
            throw TenantRequiredException.of("This request");
        }
        var current = TenantContext.current();
        if (current.isPresent() && !current.get().id().equals(admitted.id())) {
            throw TenantAccessDeniedException.refused();
        }
    }

    @SuppressWarnings("unchecked")
    private static Deque<TenantScope> scopes(HttpServletRequest request) {
        var scopes = (Deque<TenantScope>) request.getAttribute(SCOPES);
        if (scopes == null) {
            scopes = new ArrayDeque<>();
            request.setAttribute(SCOPES, scopes);
        }
        return scopes;
    }
}
