package dev.lexigram.tenancy.servlet;

import dev.lexigram.tenancy.resolution.TenantPrincipal;
import dev.lexigram.tenancy.resolution.TenantResolutionContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request as resolvers see it: a view that reads what is asked for and nothing else. It never touches the body, so a
 * form stays readable for whoever comes after.
 *
 * <p>For one thread, while the request is admitted.
 */
final class ServletResolutionContext implements TenantResolutionContext {

    private final HttpServletRequest request;
    private final Function<HttpServletRequest, Optional<TenantPrincipal>> principals;
    private @Nullable Optional<TenantPrincipal> principal;

    ServletResolutionContext(
            HttpServletRequest request, Function<HttpServletRequest, Optional<TenantPrincipal>> principals) {
        this.request = request;
        this.principals = principals;
    }

    /** The path within the application: as sent, with parameters, without the context path. */
    static String rawPath(HttpServletRequest request) {
        var uri = request.getRequestURI();
        var application = request.getContextPath();
        if (uri == null) {
            return "/";
        }
        var path = uri.startsWith(application) ? uri.substring(application.length()) : uri;
        return path.isEmpty() ? "/" : path;
    }

    @Override
    public List<String> headers(String name) {
        var values = request.getHeaders(name);
        return values == null ? List.of() : Collections.list(values);
    }

    @Override
    public List<String> queryParams(String name) {
        var query = request.getQueryString();
        if (query == null) {
            return List.of();
        }
        var values = new ArrayList<String>();
        for (var start = 0; start <= query.length(); ) {
            var end = query.indexOf('&', start);
            var stop = end < 0 ? query.length() : end;
            var equals = query.indexOf('=', start);
            var nameStop = equals < 0 || equals > stop ? stop : equals;
            if (nameStop - start == name.length() && query.startsWith(name, start)) {
                values.add(nameStop == stop ? "" : query.substring(nameStop + 1, stop));
            }
            start = stop + 1;
        }
        return values;
    }

    /** A container that lets two hosts pass gets them in one piece of text, which no resolver takes for a host. */
    @Override
    public Optional<String> host() {
        var hosts = headers("Host");
        return hosts.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", hosts));
    }

    @Override
    public String rawPath() {
        return rawPath(request);
    }

    @Override
    public String method() {
        return request.getMethod();
    }

    /**
     * The address as the container gives it. A container or filter that puts a forwarded address in its place hides the
     * proxy, so then no forwarding header counts: let either them or {@code trusted_proxies} understand forwarding.
     */
    @Override
    public Optional<String> peer() {
        return Optional.ofNullable(request.getRemoteAddr());
    }

    @Override
    public Optional<TenantPrincipal> principal() {
        var known = principal;
        if (known == null) {
            known = principals.apply(request);
            principal = known;
        }
        return known;
    }
}
