package dev.lexigram.tenancy.postgres.policy;

import dev.lexigram.tenancy.tenant.TenantId;
import java.util.List;

/**
 * What keeps everybody but its tenant out of a table in a tenant's own schema, whatever the search path and however the
 * table is named: two policies, enabled and forced, over the function that raises when no tenant is bound. Immutable.
 */
public record SchemaGuard(TenantId tenant) {

    private static final String ALLOW = "tenancy_schema_allow";
    private static final String CONFINE = "tenancy_schema_confine";

    /** Enables and forces row security, and replaces both policies. */
    public List<String> protect(TableName table) {
        var name = table.sql();
        return List.of(
                "alter table " + name + " enable row level security, force row level security",
                "drop policy if exists " + ALLOW + " on " + name,
                policy(ALLOW, "permissive", name),
                "drop policy if exists " + CONFINE + " on " + name,
                policy(CONFINE, "restrictive", name));
    }

    /** Whether this is the expression of the policies, as {@code pg_get_expr} reads it with only pg_catalog in the path. */
    public boolean isExpression(String readBack) {
        return readBack.equals("(( SELECT tenancy.require_tenant() AS require_tenant) = "
                + Quoted.literal(tenant.value()) + "::text)");
    }

    private String policy(String policy, String kind, String table) {
        var expression = "(select tenancy.require_tenant()) = " + Quoted.literal(tenant.value());
        return """
                create policy %s on %s as %s for all to public
                    using (%s)
                    with check (%4$s)""".formatted(policy, table, kind, expression);
    }
}
