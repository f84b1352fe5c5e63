package dev.lexigram.tenancy.resolution;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Collects what is known of a call. Not thread-safe; what it builds is immutable. */
public final class TenantResolutionContextBuilder {

    private final Map<String, List<String>> headers = new HashMap<>();
    private final Map<String, List<String>> queryParams = new HashMap<>();
    private @Nullable String host;
    private String rawPath = "/";
    private String method = "";
    private @Nullable String peer;
    private @Nullable TenantPrincipal principal;

    TenantResolutionContextBuilder() {}

    /** Adds one value; call it again for a header that was sent twice. */
    public TenantResolutionContextBuilder header(String name, String value) {
        headers.computeIfAbsent(References.lowerCase(name), any -> new ArrayList<>())
                .add(value);
        return this;
    }

    /** Adds one value; call it again for a parameter that was sent twice. */
    public TenantResolutionContextBuilder queryParam(String name, String value) {
        queryParams.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
        return this;
    }

    public TenantResolutionContextBuilder host(String host) {
        this.host = host;
        return this;
    }

    public TenantResolutionContextBuilder rawPath(String rawPath) {
        this.rawPath = rawPath;
        return this;
    }

    public TenantResolutionContextBuilder method(String method) {
        this.method = method;
        return this;
    }

    public TenantResolutionContextBuilder peer(String peer) {
        this.peer = peer;
        return this;
    }

    public TenantResolutionContextBuilder principal(TenantPrincipal principal) {
        this.principal = principal;
        return this;
    }

    public TenantResolutionContext build() {
        return new MapResolutionContext(
                copyOf(headers),
                copyOf(queryParams),
                Optional.ofNullable(host),
                rawPath,
                method,
                Optional.ofNullable(peer),
                Optional.ofNullable(principal));
    }

    private static Map<String, List<String>> copyOf(Map<String, List<String>> values) {
        var copy = new HashMap<String, List<String>>();
        values.forEach((name, list) -> copy.put(name, List.copyOf(list)));
        return Map.copyOf(copy);
    }

    private record MapResolutionContext(
            Map<String, List<String>> headers,
            Map<String, List<String>> queryParams,
            Optional<String> host,
            String rawPath,
            String method,
            Optional<String> peer,
            Optional<TenantPrincipal> principal)
            implements TenantResolutionContext {

        @Override
        public List<String> headers(String name) {
            return headers.getOrDefault(References.lowerCase(name), List.of());
        }

        @Override
        public List<String> queryParams(String name) {
            return queryParams.getOrDefault(name, List.of());
        }
    }
}
