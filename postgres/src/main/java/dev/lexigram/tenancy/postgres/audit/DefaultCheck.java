package dev.lexigram.tenancy.postgres.audit;

import dev.lexigram.tenancy.postgres.policy.TableName;
import dev.lexigram.tenancy.postgres.policy.TenantPolicy;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What fills in {@code tenant_id} of a protected table is the bound tenant, or nothing does. */
final class DefaultCheck implements Check {

    private static final String DEFAULTS = """
            select n.nspname, c.relname
            from pg_catalog.pg_attrdef d
            join pg_catalog.pg_class c on c.oid = d.adrelid
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum = d.adnum and a.attname = 'tenant_id'
            where c.relkind in ('r', 'p') and c.relrowsecurity and n.nspname !~ '^pg_'
              and pg_catalog.pg_get_expr(d.adbin, d.adrelid) <> 'tenancy.require_tenant()'
            order by n.nspname, c.relname
            """;

    @Override
    public List<Finding> run(AuditSession session) throws SQLException {
        var findings = new ArrayList<Finding>();
        try (var statement = session.connection().createStatement();
                var row = statement.executeQuery(DEFAULTS)) {
            while (row.next()) {
                var table = new TableName(row.getString("nspname"), row.getString("relname"));
                if (!session.schemas().marked().containsKey(table.schema())) {
                    findings.add(new Finding(
                            FindingCode.TENANT_ID_DEFAULT, table.toString(), TenantPolicy.confineColumn(table)));
                }
            }
        }
        return findings;
    }
}
