package dev.lexigram.tenancy.postgres.adoption;

import dev.lexigram.tenancy.postgres.policy.TableName;

/**
 * A table and what the plan makes of it.
 *
 * @param classification whose rows it holds
 * @param isNamed whether the caller named it; else it is known, or taken to be a tenant's
 * @param partitions how many partitions go with it
 * @param rows how many rows the server estimates
 */
public record PlannedTable(TableName name, TableClass classification, boolean isNamed, int partitions, long rows) {

    /** Whether it counts as a tenant's only because nobody said otherwise. */
    public boolean isAssumed() {
        return classification == TableClass.TENANT && !isNamed;
    }
}
