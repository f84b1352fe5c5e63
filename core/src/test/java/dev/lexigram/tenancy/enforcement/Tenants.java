package dev.lexigram.tenancy.enforcement;

import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantStatus;
import java.time.Instant;

/** The two tenants of these tests; each has a slug that differs from its id. */
final class Tenants {

    static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    static final TenantId ACME = TenantId.of("tenant-a");
    static final TenantId GLOBEX = TenantId.of("tenant-b");

    private Tenants() {}

    static Tenant acme() {
        return Tenant.active(ACME, Slug.of("acme"), "Acme", NOW);
    }

    static Tenant globex() {
        return Tenant.active(GLOBEX, Slug.of("globex"), "Globex", NOW);
    }

    /** The tenant in this status; active is as it was. */
    static Tenant in(TenantStatus status, Tenant tenant) {
        return status == TenantStatus.ACTIVE ? tenant : tenant.withStatus(status, "a test", NOW);
    }
}
