package dev.lexigram.tenancy.postgres.audit;

import dev.lexigram.tenancy.postgres.policy.TableName;
import java.util.List;
import java.util.Optional;

/**
 * A table, view or foreign table outside the system's schemas, as the catalogue has it and as this role may use it.
 *
 * @param pages how large it was when the server last counted; it counts now and then
 * @param root the partitioned table at the top, for a partition; the parent, for a table that inherits
 * @param tenantColumn its column {@code tenant_id}, if it has one
 */
record Relation(
        TableName name,
        Kind kind,
        int pages,
        Optional<TableName> root,
        RowSecurity rowSecurity,
        Rights rights,
        boolean securityInvoker,
        Optional<TenantColumn> tenantColumn,
        List<Policy> policies) {

    enum Kind {
        TABLE,
        VIEW,
        MATERIALIZED_VIEW,
        FOREIGN_TABLE;

        static Kind of(String relkind) {
            return switch (relkind) {
                case "v" -> VIEW;
                case "m" -> MATERIALIZED_VIEW;
                case "f" -> FOREIGN_TABLE;
                default -> TABLE;
            };
        }
    }

    /** @param active whether it holds for the role of this connection */
    record RowSecurity(boolean enabled, boolean forced, boolean active) {}

    /**
     * What the role of this connection may do.
     *
     * @param reachable read or write at least a column
     * @param readable read at least a column
     * @param excessive truncate, refer to it, or hang a trigger on it
     */
    record Rights(boolean reachable, boolean readable, boolean excessive) {}

    /**
     * @param text whether it is text in a deterministic collation
     * @param mandatory whether null is refused
     * @param checks the table's validated checks, as {@code pg_get_expr} reads them
     */
    record TenantColumn(boolean text, boolean mandatory, List<String> checks) {}
}
