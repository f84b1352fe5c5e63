package dev.lexigram.tenancy.servlet;

import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An answer to a tenant, which no cache that others use, too, may keep (RFC 9111, sections 3 and 5.2.2; RFC 9213). What
 * the application says of caching stays, but for what would open it to everybody: {@code public} becomes
 * {@code private}. If it says nothing, the answer is not stored at all.
 */
final class TenantResponse extends HttpServletResponseWrapper {

    private static final String CACHE_CONTROL = "Cache-Control";
    private static final String VARY = "Vary";
    private static final String UNSAID = "no-store";
    private static final Pattern OUTSIDE_QUOTES = Pattern.compile(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");

    private final Set<String> varyBy;
    private boolean isUnsaid;

    private TenantResponse(HttpServletResponse response, Set<String> varyBy) {
        super(response);
        this.varyBy = varyBy;
        confine();
    }

    /**
     * The same answer, confined once.
     *
     * @param varyBy the request headers on which it depends
     */
    static HttpServletResponse of(HttpServletResponse response, Set<String> varyBy) {
        var isConfined = response instanceof TenantResponse
                || response instanceof ServletResponseWrapper wrapper && wrapper.isWrapperFor(TenantResponse.class);
        return isConfined ? response : new TenantResponse(response, varyBy);
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
        if (isCacheControl(name)) {
            isUnsaid = value == null;
            super.setHeader(name, value == null ? UNSAID : confined(value));
        } else if (name.equalsIgnoreCase(VARY)) {
            super.setHeader(name, value);
            vary();
        } else {
            super.setHeader(name, value != null && isForSharedCaches(name) ? UNSAID : value);
        }
    }

    @Override
    public void addHeader(String name, String value) {
        if (isCacheControl(name) && isUnsaid) {
            setHeader(name, value);
        } else if (isCacheControl(name)) {
            super.addHeader(name, confined(value));
        } else if (isForSharedCaches(name)) {
            super.setHeader(name, UNSAID);
        } else {
            super.addHeader(name, value);
        }
    }

    @Override
    public boolean containsHeader(String name) {
        return !isHidden(name) && super.containsHeader(name);
    }

    @Override
    public @Nullable String getHeader(String name) {
        return isHidden(name) ? null : super.getHeader(name);
    }

    @Override
    public Collection<String> getHeaders(String name) {
        return isHidden(name) ? List.of() : super.getHeaders(name);
    }

    @Override
    public Collection<String> getHeaderNames() {
        return super.getHeaderNames().stream().filter(name -> !isHidden(name)).toList();
    }

    @Override
    public void reset() {
        super.reset();
        vary();
        confine();
    }

    private void vary() {
        varyBy.forEach(header -> super.addHeader(VARY, header));
    }

    private void confine() {
        var said = String.join(", ", super.getHeaders(CACHE_CONTROL));
        isUnsaid = said.isEmpty();
        super.setHeader(CACHE_CONTROL, isUnsaid ? UNSAID : confined(said));
    }

    /** The application has to see that it has said nothing, or it would not say what it wants to. */
    private boolean isHidden(String name) {
        return isUnsaid && isCacheControl(name);
    }

    private static boolean isCacheControl(String name) {
        return name.equalsIgnoreCase(CACHE_CONTROL);
    }

    /** Such as CDN-Cache-Control, which its caches obey instead of Cache-Control. */
    private static boolean isForSharedCaches(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith("cdn-cache-control") || lower.equals("surrogate-control");
    }

    private static String confined(String value) {
        var directives = new ArrayList<>(Arrays.stream(OUTSIDE_QUOTES.split(value))
                .map(String::strip)
                .filter(directive -> !directive.isEmpty() && !opens(directive.toLowerCase(Locale.ROOT)))
                .toList());
        var isClosed = directives.stream()
                .map(directive -> directive.toLowerCase(Locale.ROOT))
                .anyMatch(directive -> directive.equals("private") || directive.equals(UNSAID));
        if (!isClosed) {
            directives.add(0, "private");
        }
        return String.join(", ", directives);
    }

    /** Also private with names of headers, which closes no more than those. */
    private static boolean opens(String directive) {
        return directive.equals("public") || directive.startsWith("s-maxage") || directive.startsWith("private=");
    }
}
