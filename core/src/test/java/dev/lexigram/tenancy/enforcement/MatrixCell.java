package dev.lexigram.tenancy.enforcement;

import dev.lexigram.tenancy.resolution.TenantPrincipal;
import dev.lexigram.tenancy.resolution.TenantResolutionContext;
import dev.lexigram.tenancy.resolution.VerifiedClaims;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantStatus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** One call of the conflict matrix, and what must become of it. */
record MatrixCell(Said token, Said header, Said host, Said path, Caller caller, Rules rules, TenantStatus statusOfA) {

    enum Said {
        NOTHING,
        A,
        B,
        UNKNOWN,
        UNUSABLE
    }

    enum Caller {
        ANONYMOUS(Set.of()),
        STRANGER(Set.of()),
        OF_A(Set.of(Tenants.ACME)),
        OF_B(Set.of(Tenants.GLOBEX)),
        OF_BOTH(Set.of(Tenants.ACME, Tenants.GLOBEX)),
        /** A caller where nothing knows memberships. */
        OF_NOBODY_KNOWN(Set.of());

        private final Set<TenantId> memberOf;

        Caller(Set<TenantId> memberOf) {
            this.memberOf = memberOf;
        }

        Set<TenantId> memberOf() {
            return memberOf;
        }
    }

    /** The rules of the configuration, and whether a trusted proxy sends the call, which makes its header verified. */
    record Rules(boolean strict, boolean verifiedWins, boolean isPublic, boolean isProxied) {

        static List<Rules> all() {
            var all = new ArrayList<Rules>();
            for (var bits = 0; bits < 16; bits++) {
                all.add(new Rules((bits & 1) > 0, (bits & 2) > 0, (bits & 4) > 0, (bits & 8) > 0));
            }
            return all;
        }
    }

    static List<MatrixCell> all(Caller caller, Rules rules, TenantStatus statusOfA) {
        var all = new ArrayList<MatrixCell>();
        for (var token : caller == Caller.ANONYMOUS ? new Said[] {Said.NOTHING} : Said.values()) {
            for (var header : Said.values()) {
                for (var host : Said.values()) {
                    for (var path : Said.values()) {
                        all.add(new MatrixCell(token, header, host, path, caller, rules, statusOfA));
                    }
                }
            }
        }
        return all;
    }

    TenantResolutionContext call() {
        var call = TenantResolutionContext.builder()
                .method("GET")
                .peer(rules.isProxied ? "10.0.0.1" : "192.0.2.1")
                .host(pick(host, "app.com", "acme.app.com", "globex.app.com", "nobody.app.com", "a b.app.com"))
                .rawPath(
                        pick(path, "/", "/tenants/tenant-a/x", "/tenants/globex", "/tenants/nobody/", "/tenants/%61/"));
        if (header != Said.NOTHING) {
            call.header("X-Tenant-Id", pick(header, "", "acme", "tenant-b", "nobody", "acme,globex"));
        }
        if (caller != Caller.ANONYMOUS) {
            var claim = pick(token, "", "tenant-a", "globex", "nobody", "not/a reference");
            call.principal(TenantPrincipal.of(caller.name(), VerifiedClaims.of(Map.of("tenant_id", claim))));
        }
        return call.build();
    }

    /** The decision table. */
    String expected() {
        if (List.of(token, header, host, path).contains(Said.UNUSABLE)) {
            return "Rejected";
        }
        var verified = named(token, rules.isProxied ? header : Said.NOTHING);
        var selected = named(rules.isProxied ? Said.NOTHING : header, host, path);
        var all = new HashSet<>(verified);
        all.addAll(selected);
        if (all.isEmpty()) {
            return "NoSource";
        }
        if (all.size() == 1) {
            return expectedFor(all.iterator().next(), !verified.isEmpty());
        }
        return rules.verifiedWins && verified.size() == 1 && selected.size() == 1
                ? expectedFor(verified.iterator().next(), true)
                : "Conflict";
    }

    private String expectedFor(Said named, boolean proved) {
        if (named == Said.UNKNOWN) {
            return "Denied";
        }
        var id = named == Said.A ? Tenants.ACME : Tenants.GLOBEX;
        var status = named == Said.A ? statusOfA : TenantStatus.ACTIVE;
        var member = proved || !rules.strict || caller.memberOf.contains(id);
        var visitor = caller == Caller.ANONYMOUS && rules.isPublic;
        if (status == TenantStatus.ACTIVE && (member || visitor)) {
            return "acts as " + named + " by " + source();
        }
        var told = status == TenantStatus.SUSPENDED || status == TenantStatus.INACTIVE;
        return member && told ? "NotActive " + status.name().toLowerCase(Locale.ROOT) : "Denied";
    }

    /** The first source that names a tenant; a header that is verified comes before the host anyway. */
    private String source() {
        if (token != Said.NOTHING) {
            return "jwt_claim";
        }
        if (header != Said.NOTHING) {
            return "header";
        }
        return host != Said.NOTHING ? "subdomain" : "path";
    }

    private static Set<Said> named(Said... sources) {
        var named = new TreeSet<>(List.of(sources));
        named.remove(Said.NOTHING);
        return named;
    }

    private static String pick(Said said, String nothing, String a, String b, String unknown, String unusable) {
        return switch (said) {
            case NOTHING -> nothing;
            case A -> a;
            case B -> b;
            case UNKNOWN -> unknown;
            case UNUSABLE -> unusable;
        };
    }
}
