package dev.lexigram.tenancy.postgres.schema;

import dev.lexigram.tenancy.postgres.policy.SchemaMarker;
import dev.lexigram.tenancy.postgres.policy.SchemaName;
import dev.lexigram.tenancy.tenant.TenantId;
import java.util.Optional;
import java.util.UUID;

/**
 * What is known about the schema, or the database, of one tenant.
 *
 * @param token of the provisioning that made it
 * @param archived where it is now, if its tenant was removed and it was kept
 */
public record SchemaEntry(TenantId tenant, UUID token, State state, Optional<SchemaName> archived) {

    /** How far it has come. The words stand in the table. */
    public enum State {
        /** It exists, and is being filled. */
        MADE,
        /** The serving role may use it. */
        OPEN,
        /** It is there, and the serving role may not use it. */
        CLOSED,
        ARCHIVED,
        /** It is gone, and its tenant never gets another. */
        DROPPED
    }

    /** What its comment has to be. */
    public SchemaMarker marker() {
        return new SchemaMarker(tenant, token);
    }

    /** Where it is. */
    public SchemaName place() {
        return archived.orElseGet(() -> SchemaName.of(tenant));
    }
}
