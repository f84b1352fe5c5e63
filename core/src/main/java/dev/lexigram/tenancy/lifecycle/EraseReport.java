package dev.lexigram.tenancy.lifecycle;

import dev.lexigram.tenancy.isolation.DeprovisionPolicy;
import dev.lexigram.tenancy.isolation.ErasedResource;
import dev.lexigram.tenancy.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was found, removed and left when a tenant was removed. Immutable.
 *
 * @param attempts how many nodes or threads had to work on it; after more than one, what an earlier attempt removed and
 *     could not write down any more is in no figure
 * @param reason why it was removed before its grace had ended, if so
 */
public record EraseReport(
        TenantId tenantId,
        DeprovisionPolicy policy,
        String actor,
        Instant finishedAt,
        long attempts,
        Optional<String> reason,
        List<ErasedResource> resources) {

    public EraseReport {
        resources = List.copyOf(resources);
    }
}
