package dev.lexigram.tenancy.benchmarks.inprocess;

import dev.lexigram.tenancy.tenant.Tenant;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The floor: what somebody would write for one application with one source. It reads the tenant, checks the text, looks
 * it up and binds it, and has no answer but a failure for everything else.
 */
final class HandWrittenFilter implements Filter {

    private static final ThreadLocal<@Nullable Tenant> CURRENT = new ThreadLocal<>();

    private final Function<HttpServletRequest, @Nullable String> source;
    private final Function<String, @Nullable Tenant> tenants;

    HandWrittenFilter(
            Function<HttpServletRequest, @Nullable String> source, Function<String, @Nullable Tenant> tenants) {
        this.source = source;
        this.tenants = tenants;
    }

    static @Nullable Tenant current() {
        return CURRENT.get();
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var reference = source.apply((HttpServletRequest) request);
        if (reference == null || !isReference(reference)) {
            throw new ServletException("no tenant");
        }
        var tenant = tenants.apply(reference);
        if (tenant == null || !tenant.isActive()) {
            throw new ServletException("no such tenant");
        }
        CURRENT.set(tenant);
        try {
            chain.doFilter(request, response);
        } finally {
            CURRENT.set(null); // cheaper than remove(), and a floor is cheap
        }
    }

    private static boolean isReference(String text) {
        if (text.isEmpty() || text.length() > 63) {
            return false;
        }
        for (var at = 0; at < text.length(); at++) {
            var symbol = text.charAt(at);
            var isLetterOrDigit = (symbol >= 'a' && symbol <= 'z')
                    || (symbol >= 'A' && symbol <= 'Z')
                    || (symbol >= '0' && symbol <= '9');
            if (!isLetterOrDigit && (at == 0 || (symbol != '_' && symbol != '-'))) {
                return false;
            }
        }
        return true;
    }
}
