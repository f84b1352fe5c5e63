package dev.lexigram.tenancy.postgres.adoption;

import dev.lexigram.tenancy.postgres.policy.TableName;
import java.util.List;

/**
 * A table that is no partition, as the catalogue has it.
 *
 * @param isInHierarchy whether it inherits from a table, or a table from it
 * @param tenantType the type of its column {@code tenant_id}, for people
 * @param isConfined whether it has the restrictive policy of this library already
 */
record CatalogueTable(
        long id,
        TableName name,
        List<Long> partitions,
        long rows,
        boolean isOfExtension,
        boolean isForeign,
        boolean isInHierarchy,
        TenantColumn tenantColumn,
        String tenantType,
        boolean isConfined) {

    /** Its column {@code tenant_id}. */
    enum TenantColumn {
        NONE,
        TEXT,
        OTHER
    }
}
