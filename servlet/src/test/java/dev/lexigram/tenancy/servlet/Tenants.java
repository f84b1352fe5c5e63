package dev.lexigram.tenancy.servlet;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.enforcement.InMemoryMembership;
import dev.lexigram.tenancy.enforcement.Refusal;
import dev.lexigram.tenancy.enforcement.TenantAdmission;
import dev.lexigram.tenancy.enforcement.TenantMembership;
import dev.lexigram.tenancy.enforcement.TenantValidator;
import dev.lexigram.tenancy.resolution.CompositeResolver;
import dev.lexigram.tenancy.resolution.ResolutionConfig;
import dev.lexigram.tenancy.resolution.ResolverRegistry;
import dev.lexigram.tenancy.resolution.TenantPrincipal;
import dev.lexigram.tenancy.resolution.VerifiedClaims;
import dev.lexigram.tenancy.stores.InMemoryTenantStore;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantStatus;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tenants acme, globex, sleepy (suspended) and gone (deleted); user ann belongs to all but globex. */
final class Tenants {

    static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

    final InMemoryTenantStore store = new InMemoryTenantStore();
    final InMemoryMembership members = new InMemoryMembership();

    Tenants() {
        for (var name : List.of("acme", "globex", "sleepy", "gone")) {
            store.save(Tenant.active(TenantId.of(name), Slug.of(name), name, NOW), TenantStore.NEW, List.of());
        }
        change("sleepy", TenantStatus.SUSPENDED);
        change("gone", TenantStatus.DELETED);
        for (var name : List.of("acme", "sleepy", "gone")) {
            members.grant("ann", TenantId.of(name));
        }
    }

    void change(String name, TenantStatus status) {
        var tenant = store.findById(TenantId.of(name)).orElseThrow();
        store.save(tenant.withStatus(status, null, NOW), tenant.version(), List.of());
    }

    TenantAdmission admission(ResolutionConfig config) {
        return admission(config, store, members);
    }

    static TenantAdmission admission(ResolutionConfig config, TenantStore store, TenantMembership members) {
        return new TenantAdmission(
                new CompositeResolver(ResolverRegistry.fromConfig(config)),
                new TenantValidator(store, config.cache()),
                Optional.of(members),
                config);
    }

    /** The tenant that the request runs as, or none and why. */
    static String current(HttpServletRequest request) {
        return TenantContext.current()
                .map(tenant -> tenant.id().value())
                .orElseGet(() -> request.getAttribute(TenantContextFilter.REFUSAL_ATTRIBUTE) instanceof Refusal refusal
                        ? "none, " + refusal.reason()
                        : "none");
    }

    /** What an authenticating filter in front would know; the header stands for a token that somebody has verified. */
    static Optional<TenantPrincipal> caller(HttpServletRequest request) {
        var user = request.getHeader("Test-User");
        var claim = request.getHeader("Test-Claim");
        if (user == null) {
            return Optional.empty();
        }
        return Optional.of(
                claim == null
                        ? TenantPrincipal.of(user)
                        : TenantPrincipal.of(user, VerifiedClaims.of(Map.of("tenant_id", claim))));
    }
}
