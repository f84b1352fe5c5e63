package dev.lexigram.tenancy.servlet;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.enforcement.Admission;
import dev.lexigram.tenancy.enforcement.PathPrefixes;
import dev.lexigram.tenancy.enforcement.Refusal;
import dev.lexigram.tenancy.enforcement.TenantAdmission;
import dev.lexigram.tenancy.resolution.RequireMode;
import dev.lexigram.tenancy.resolution.RouteConfig;
import dev.lexigram.tenancy.resolution.TenantPrincipal;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs each request as the tenant that it was admitted for, or as none. Put it behind authentication and before
 * anything that touches data or a cache, for all dispatcher types.
 *
 * <p>A request that was not admitted goes on with nothing bound, and the reason stands in {@link #REFUSAL_ATTRIBUTE};
 * unless a source was unusable, the sources contradict each other or something failed, or every route needs a tenant:
 * then the filter answers. A failure of this library that comes back up the chain becomes an answer, too.
 *
 * <p>ERROR and ASYNC dispatches of an admitted request run as the same tenant if it still is active, otherwise as none.
 * An error page is never replaced by a refusal. On {@code ignore_paths} no source is asked and nothing is bound.
 *
 * <p>Safe for use by many threads. It leaves each thread as it was, also after an exception.
 */
public final class TenantContextFilter implements Filter {

    /** Request attribute with the {@code Tenant} that the request runs as. */
    public static final String TENANT_ATTRIBUTE = "tenancy.tenant";

    /** Request attribute with the {@link Refusal} that keeps the request from running as a tenant. */
    public static final String REFUSAL_ATTRIBUTE = "tenancy.refusal";

    private static final String ADMITTED_ATTRIBUTE = TenantContextFilter.class.getName() + ".admitted";

    private static final Logger LOG = LoggerFactory.getLogger(TenantContextFilter.class);

    private final TenantAdmission admission;
    private final boolean requireAlways;
    private final PathPrefixes ignoredPaths;
    private final Function<HttpServletRequest, Optional<TenantPrincipal>> principals;
    private final Predicate<HttpServletRequest> needsNone;
    private final AtomicBoolean leakWasLogged = new AtomicBoolean();

    /** For callers whom the container has authenticated: they have a name and no claims. */
    public TenantContextFilter(TenantAdmission admission, RouteConfig routes) {
        this(admission, routes, TenantContextFilter::userPrincipal, request -> false);
    }

    /**
     * For callers whom a framework has authenticated.
     *
     * @param principals the authenticated caller of a request, with claims that were verified or with none
     * @param needsNone whether the route of a request says that it needs no tenant; only asked where every route needs
     *     one and this request has none
     */
    public TenantContextFilter(
            TenantAdmission admission,
            RouteConfig routes,
            Function<HttpServletRequest, Optional<TenantPrincipal>> principals,
            Predicate<HttpServletRequest> needsNone) {
        this.admission = admission;
        this.requireAlways = routes.require() == RequireMode.ALWAYS;
        this.ignoredPaths = new PathPrefixes("resolution.ignore_paths", routes.ignorePaths());
        this.principals = principals;
        this.needsNone = needsNone;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!(request instanceof HttpServletRequest http) || !(response instanceof HttpServletResponse answer)) {
            throw new ServletException("TenantContextFilter serves HTTP only");
        }
        var exchange = new Exchange(http, answer, chain, admission.requestHeaders());
        switch (http.getDispatcherType()) {
            case REQUEST -> first(exchange);
            case ASYNC, ERROR -> again(exchange);
            case FORWARD, INCLUDE -> chain.doFilter(request, response); // within the call that was admitted
        }
    }

    private void first(Exchange exchange) throws IOException, ServletException {
        if (TenantContext.current().isPresent() && leakWasLogged.compareAndSet(false, true)) {
            LOG.error(
                    "A tenant was bound before the request was admitted: somebody has left a TenantScope open. It does"
                            + " not reach the request. Said once.");
        }
        if (ignoredPaths.cover(ServletResolutionContext.rawPath(exchange.request()))) {
            exchange.proceedWithout();
        } else {
            exchange.vary();
            act(TenantContext.callWithout(() -> admit(exchange.request())), exchange);
        }
    }

    private Admission admit(HttpServletRequest request) {
        return admission.admit(new ServletResolutionContext(request, principals));
    }

    private void again(Exchange exchange) throws IOException, ServletException {
        if (exchange.request().getAttribute(ADMITTED_ATTRIBUTE) instanceof Admission.Admitted earlier) {
            act(TenantContext.callWithout(() -> admission.readmit(earlier)), exchange);
        } else {
            exchange.proceedWithout();
        }
    }

    private void act(Admission decision, Exchange exchange) throws IOException, ServletException {
        var request = exchange.request();
        if (decision instanceof Admission.Admitted admitted) {
            request.setAttribute(ADMITTED_ATTRIBUTE, admitted);
            request.setAttribute(TENANT_ATTRIBUTE, admitted.tenant());
            exchange.proceedAs(admitted.tenant());
        } else if (decision instanceof Admission.Refused refused) {
            request.removeAttribute(TENANT_ATTRIBUTE);
            request.setAttribute(REFUSAL_ATTRIBUTE, refused.refusal());
            if (isAnsweredHere(refused.refusal(), request)) {
                exchange.answer(refused.refusal());
            } else {
                exchange.proceedWithout();
            }
        }
    }

    private boolean isAnsweredHere(Refusal refusal, HttpServletRequest request) {
        if (request.getDispatcherType() == DispatcherType.ERROR) {
            return false;
        }
        var isForTheRoute = refusal instanceof Refusal.NoSource
                || refusal instanceof Refusal.Denied
                || refusal instanceof Refusal.NotActive;
        return !isForTheRoute || requireAlways && !needsNone.test(request);
    }

    private static Optional<TenantPrincipal> userPrincipal(HttpServletRequest request) {
        return Optional.ofNullable(request.getUserPrincipal()).map(caller -> TenantPrincipal.of(caller.getName()));
    }
}
