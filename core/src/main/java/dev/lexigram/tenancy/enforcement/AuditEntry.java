package dev.lexigram.tenancy.enforcement;

import dev.lexigram.tenancy.tenant.TenantId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One thing that somebody did with more rights than those of one tenant. Immutable.
 *
 * @param id of this entry
 * @param at when, by the clock of this node
 * @param actor who: the name under which a person or a job authenticated
 * @param action what, in dotted lower case, such as {@code system_scope.begun}
 * @param tenant whom it concerned, if one tenant
 * @param reason why, in the actor's own words
 * @param detail what else is known, such as the entry to which this one is the answer
 */
public record AuditEntry(
        UUID id,
        Instant at,
        String actor,
        String action,
        Optional<TenantId> tenant,
        String reason,
        Map<String, String> detail) {

    public AuditEntry {
        detail = Map.copyOf(detail);
    }
}
