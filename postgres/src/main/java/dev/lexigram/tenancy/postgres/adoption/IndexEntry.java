package dev.lexigram.tenancy.postgres.adoption;

import dev.lexigram.tenancy.postgres.policy.TableName;
import java.util.List;
import java.util.Optional;

/**
 * An index, or what wants one: a foreign key, or a table as such.
 *
 * @param columns what it begins with, as SQL; of a foreign key without {@code tenant_id}
 * @param tail the definition of a b-tree after the parenthesis that opens its columns; empty for anything else
 */
record IndexEntry(
        Kind kind,
        TableName table,
        String name,
        boolean isPartitioned,
        boolean isUnique,
        boolean isPartial,
        List<String> columns,
        Optional<String> tail) {

    enum Kind {
        INDEX,
        FOREIGN_KEY,
        TABLE
    }

    boolean isLedByTenant() {
        return columns.stream().findFirst().filter("tenant_id"::equals).isPresent();
    }
}
