package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.context.TenantMdc;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import org.slf4j.MDC;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/**
 * Stands in front of everything and looks at the thread, before and after every dispatch. Believes a header about what to
 * put into the MDC, which tenancy must overrule.
 */
@Configuration
class ThreadWitness implements Filter {

    private final List<String> dirty = Collections.synchronizedList(new ArrayList<>());
    private final List<DispatcherType> dispatches = Collections.synchronizedList(new ArrayList<>());

    @Bean
    FilterRegistrationBean<ThreadWitness> witness() {
        var registration = new FilterRegistrationBean<>(this);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR));
        return registration;
    }

    /** What was found on threads that should be clean. */
    List<String> dirty() {
        return dirty;
    }

    List<DispatcherType> dispatches() {
        return dispatches;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        dispatches.add(request.getDispatcherType());
        look("before", request);
        var believed = ((HttpServletRequest) request).getHeader("Test-Mdc");
        if (believed != null) {
            MDC.put(TenantMdc.KEY, believed);
        }
        try {
            chain.doFilter(request, response);
        } finally {
            look("after", request);
        }
    }

    private void look(String when, ServletRequest request) {
        if (TenantContext.current().isPresent() || MDC.get(TenantMdc.KEY) != null) {
            dirty.add(when + " " + request.getDispatcherType() + " " + TenantContext.current()
                    + MDC.getCopyOfContextMap());
        }
    }
}
