package dev.lexigram.tenancy.lifecycle;

import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantStatus;
import java.util.Optional;

/**
 * How unfinished work on one tenant ended, or did not.
 *
 * @param status of the tenant now; empty if the work failed and will be tried again
 * @param failure what stood in its way
 */
public record Recovery(TenantId tenantId, Optional<TenantStatus> status, Optional<RuntimeException> failure) {}
