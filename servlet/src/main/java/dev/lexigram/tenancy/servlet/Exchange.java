package dev.lexigram.tenancy.servlet;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.enforcement.Refusal;
import dev.lexigram.tenancy.tenant.Tenant;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * One pass through the filter: the request, its response, and the rest of the chain.
 *
 * @param varyBy the request headers on which it depends who the tenant is
 */
record Exchange(HttpServletRequest request, HttpServletResponse response, FilterChain chain, Set<String> varyBy) {

    /** Runs the rest as this tenant; no cache that others use may keep the answer. */
    void proceedAs(Tenant tenant) throws IOException, ServletException {
        var own = new Exchange(request, TenantResponse.of(response, varyBy), chain, varyBy);
        own.finish(TenantContext.callAs(tenant, own::attempt));
    }

    /** Says that the answer, whatever it will be, depends on those headers. */
    void vary() {
        varyBy.forEach(header -> response.addHeader("Vary", header));
    }

    /** Runs the rest as no tenant. */
    void proceedWithout() throws IOException, ServletException {
        finish(TenantContext.callWithout(this::attempt));
    }

    /** Answers instead of the rest. */
    void answer(Refusal refusal) throws IOException, ServletException {
        var failure = refusal.toException();
        if (response.isCommitted()) {
            throw failure;
        }
        ProblemResponse.send(failure, refusal.reason(), request, response);
    }

    private Optional<Exception> attempt() {
        try {
            chain.doFilter(request, response);
            return Optional.empty();
        } catch (IOException | ServletException | RuntimeException failure) {
            return Optional.of(failure);
        }
    }

    /** Answers a failure of this library, and passes on every other. */
    private void finish(Optional<Exception> outcome) throws IOException, ServletException {
        if (outcome.isEmpty() || ProblemResponse.sendIfTenancy(outcome.get(), request, response)) {
            return;
        }
        var failure = outcome.get();
        if (failure instanceof IOException input) {
            throw input;
        }
        if (failure instanceof ServletException servlet) {
            throw servlet;
        }
        throw (RuntimeException) failure;
    }
}
