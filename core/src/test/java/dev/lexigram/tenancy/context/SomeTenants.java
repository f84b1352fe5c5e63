package dev.lexigram.tenancy.context;

import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import java.time.Instant;

/** Tenants for tests of this package, and how the current one reads. */
final class SomeTenants {

    static final Tenant ACME = tenant("acme");
    static final Tenant GLOBEX = tenant("globex");
    static final String NONE = "none";

    private SomeTenants() {}

    static Tenant tenant(String name) {
        return Tenant.active(TenantId.of(name), Slug.of(name), name, Instant.EPOCH);
    }

    /** The id of the current tenant, or {@link #NONE}. */
    static String current() {
        return TenantContext.current().map(tenant -> tenant.id().value()).orElse(NONE);
    }
}
