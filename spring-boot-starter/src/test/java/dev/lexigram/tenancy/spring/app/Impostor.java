package dev.lexigram.tenancy.spring.app;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** A filter behind tenancy's that binds whatever tenant a header names: a mistake that the guard must notice. */
@Component
class Impostor implements Filter {

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var name = ((HttpServletRequest) request).getHeader("Test-Impostor");
        if (name == null) {
            chain.doFilter(request, response);
            return;
        }
        try (var scope = TenantContext.enter(Tenant.active(TenantId.of(name), Slug.of(name), name, Instant.now()))) {
            chain.doFilter(request, response);
        }
    }
}
