package dev.lexigram.tenancy.postgres.audit;

import static dev.lexigram.tenancy.postgres.audit.FindingCode.STATUS_UNREADABLE;

import dev.lexigram.tenancy.postgres.policy.TenantPolicy;
import java.sql.SQLException;
import java.util.List;

/** Where the policies ask for the status of tenants, they can read it. */
final class StatusCheck implements Check {

    private static final String FACTS = """
            with tenants as (
                select pg_catalog.to_regclass('tenancy.tenants') as status, pg_catalog.to_regclass('tenancy.journal') as work),
            owner as (
                select p.proowner as oid, pg_catalog.pg_get_userbyid(p.proowner) as name
                from pg_catalog.pg_proc p
                where p.oid = pg_catalog.to_regprocedure('tenancy.require_tenant()'))
            select owner.name, tenants.status is not null and tenants.work is not null as there,
                   coalesce(pg_catalog.has_column_privilege(owner.oid, tenants.status, 'tenant_id', 'select')
                       and pg_catalog.has_column_privilege(owner.oid, tenants.status, 'status', 'select')
                       and pg_catalog.has_column_privilege(owner.oid, tenants.work, 'tenant_id', 'select')
                       and pg_catalog.has_column_privilege(owner.oid, tenants.work, 'step', 'select')
                       and pg_catalog.has_column_privilege(owner.oid, tenants.work, 'state', 'select'), false) as readable
            from tenants cross join owner
            """;

    @Override
    public List<Finding> run(AuditSession session) throws SQLException {
        if (!session.config().strictStatus()) {
            return List.of();
        }
        try (var statement = session.connection().createStatement();
                var row = statement.executeQuery(FACTS)) {
            if (!row.next() || row.getBoolean("readable")) {
                return List.of(); // without the function, which is a finding of its own, nobody asks
            }
            return List.of(new Finding(
                    STATUS_UNREADABLE, "table tenancy.tenants", mend(row.getBoolean("there"), row.getString("name"))));
        }
    }

    private static String mend(boolean there, String owner) {
        return there
                ? String.join(";\n", TenantPolicy.grantStatus(owner))
                : "-- The control plane keeps its tenants in another database, or not in PostgreSQL: set control_plane.url to"
                        + " this one, or isolation.strict_status to false.";
    }
}
