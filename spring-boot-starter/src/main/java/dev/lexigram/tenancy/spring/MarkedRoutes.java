package dev.lexigram.tenancy.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/** Knows, before Spring MVC has looked, whether the handler of a request says that it needs no tenant. */
final class MarkedRoutes {

    private final ObjectProvider<HandlerMapping> mappings;

    MarkedRoutes(ObjectProvider<HandlerMapping> mappings) {
        this.mappings = mappings;
    }

    /** False for a request without a handler, or with one that cannot be found out. */
    boolean needNone(HttpServletRequest request) {
        var look = new Look(request);
        ServletRequestPathUtils.parseAndCache(look);
        try {
            for (var mapping : mappings.orderedStream().toList()) {
                var chain = mapping.getHandler(look);
                if (chain != null) {
                    return chain.getHandler() instanceof HandlerMethod method
                            && TenantGuardInterceptor.demand(method).isWithout();
                }
            }
            return false;
        } catch (Exception unanswerable) {
            return false;
        }
    }

    /** The request, with attributes of its own, so that looking leaves no trace. */
    private static final class Look extends HttpServletRequestWrapper {

        private final Map<String, @Nullable Object> attributes = new HashMap<>();

        Look(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable Object getAttribute(String name) {
            return attributes.containsKey(name) ? attributes.get(name) : super.getAttribute(name);
        }

        @Override
        public void setAttribute(String name, @Nullable Object value) {
            attributes.put(name, value);
        }

        @Override
        public void removeAttribute(String name) {
            attributes.put(name, null);
        }
    }
}
