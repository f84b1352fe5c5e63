package dev.lexigram.tenancy.architecture.planted.enforcement;

import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantStatus;
import java.time.Instant;

/** Planted: the rule that forbids this must find it. */
public final class EnforcementThatWritesStatus {

    private EnforcementThatWritesStatus() {}

    static Tenant activate(Tenant tenant) {
        return tenant.withStatus(TenantStatus.ACTIVE, null, Instant.EPOCH);
    }
}
