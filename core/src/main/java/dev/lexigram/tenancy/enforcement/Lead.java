package dev.lexigram.tenancy.enforcement;

import dev.lexigram.tenancy.resolution.Trust;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import java.util.List;
import java.util.Optional;

/** Where one source of a call leads: to a tenant in whatever status, or to none. */
record Lead(String source, Trust trust, String reference, Optional<Tenant> tenant) {

    boolean isVerified() {
        return trust == Trust.VERIFIED;
    }

    /** Whether all lead to one tenant, or all to none by the same reference. */
    static boolean agree(List<Lead> leads) {
        return leads.stream().map(Lead::target).distinct().count() <= 1;
    }

    private Object target() {
        Optional<TenantId> id = tenant.map(Tenant::id);
        return id.isPresent() ? id.get() : reference;
    }

    /** For logs: never the reference, which the client chose. */
    @Override
    public String toString() {
        return source + "=" + tenant.map(found -> found.id().value()).orElse("?");
    }
}
