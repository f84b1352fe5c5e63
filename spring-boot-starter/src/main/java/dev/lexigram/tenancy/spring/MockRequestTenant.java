package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.enforcement.Refusal;
import dev.lexigram.tenancy.servlet.TenantContextFilter;
import dev.lexigram.tenancy.tenant.Tenant;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;

/**
 * Takes the tenant of a test along with a request of {@code MockMvc}, which the thread of the test itself serves.
 *
 * @param admits whether requests are admitted, so that one without a tenant is told from one that was refused
 */
record MockRequestTenant(boolean admits) {

    private static final String OF_THE_TEST = MockRequestTenant.class.getName();

    /** In front of every other filter: puts the tenant aside. */
    static void outside(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        TenantContext.current().ifPresent(tenant -> request.setAttribute(OF_THE_TEST, tenant));
        try (var scope = TenantContext.enterWithout()) {
            chain.doFilter(request, response);
        }
    }

    /** Behind every other filter: enters it, if the request names none. */
    void inside(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getAttribute(OF_THE_TEST) instanceof Tenant tenant && namesNone(request, tenant)) {
            request.setAttribute(TenantContextFilter.TENANT_ATTRIBUTE, tenant);
            try (var scope = TenantContext.enter(tenant)) {
                chain.doFilter(request, response);
            }
        } else {
            chain.doFilter(request, response);
        }
    }

    private boolean namesNone(ServletRequest request, Tenant tenant) {
        var known = request.getAttribute(TenantContextFilter.TENANT_ATTRIBUTE);
        return known == tenant // a further dispatch of the same request
                || known == null
                        && (!admits
                                || request.getAttribute(TenantContextFilter.REFUSAL_ATTRIBUTE)
                                        instanceof Refusal.NoSource);
    }
}
