package dev.lexigram.tenancy.benchmarks.inprocess;

import dev.lexigram.tenancy.resolution.TenantPrincipal;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request that answers from its fields and allocates nothing, so that no container is measured. What a filter has no
 * business to ask for fails. For one thread at a time, and used again and again.
 */
final class Call extends HttpServletRequestWrapper {

    static final String HEADER = "x-tenant-id";

    private final @Nullable String header;
    private final Optional<TenantPrincipal> principal;
    private final Map<String, Object> attributes = new HashMap<>();
    private final OneHeader headers = new OneHeader();

    Call(@Nullable String header, Optional<TenantPrincipal> principal) {
        super(refusing(HttpServletRequest.class));
        this.header = header;
        this.principal = principal;
    }

    /** A response that nobody may use. */
    static HttpServletResponse response() {
        return refusing(HttpServletResponse.class);
    }

    /** The caller, as a framework that has authenticated it would tell. */
    static Optional<TenantPrincipal> principalOf(HttpServletRequest request) {
        return ((Call) request).principal;
    }

    @Override
    public DispatcherType getDispatcherType() {
        return DispatcherType.REQUEST;
    }

    @Override
    public String getMethod() {
        return "GET";
    }

    @Override
    public String getContextPath() {
        return "";
    }

    @Override
    public String getRequestURI() {
        return "/orders/4711";
    }

    @Override
    public @Nullable String getQueryString() {
        return null;
    }

    @Override
    public String getRemoteAddr() {
        return "192.0.2.1";
    }

    @Override
    public @Nullable String getHeader(String name) {
        return name.equalsIgnoreCase(HEADER) ? header : null;
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        var value = getHeader(name);
        return value == null ? Collections.emptyEnumeration() : headers.of(value);
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return attributes.get(name);
    }

    @Override
    public void setAttribute(String name, Object value) {
        attributes.put(name, value);
    }

    @Override
    public void removeAttribute(String name) {
        attributes.remove(name);
    }

    private static <T> T refusing(Class<T> type) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
                    throw new UnsupportedOperationException(method.getName());
                }));
    }

    /** One value, given out again with each question. */
    private static final class OneHeader implements Enumeration<String> {

        private String value = "";
        private boolean given;

        OneHeader of(String next) {
            value = next;
            given = false;
            return this;
        }

        @Override
        public boolean hasMoreElements() {
            return !given;
        }

        @Override
        public String nextElement() {
            given = true;
            return value;
        }
    }
}
