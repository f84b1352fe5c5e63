package dev.lexigram.tenancy.postgres.schema;

import static dev.lexigram.tenancy.postgres.schema.Statements.all;
import static dev.lexigram.tenancy.postgres.schema.Statements.run;

import dev.lexigram.tenancy.isolation.ErasedResource;
import dev.lexigram.tenancy.postgres.policy.Grantees;
import dev.lexigram.tenancy.postgres.policy.Quoted;
import dev.lexigram.tenancy.postgres.policy.SchemaGuard;
import dev.lexigram.tenancy.postgres.policy.SchemaName;
import dev.lexigram.tenancy.postgres.policy.TableName;
import dev.lexigram.tenancy.postgres.policy.TenantPolicy;
import dev.lexigram.tenancy.tenant.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Who may do what in a tenant's schema. Used within a transaction of the role that migrates. */
public final class SchemaAccess {

    private static final String RELATIONS = """
            select c.relname, c.relkind, c.relispartition,
                   exists (select from pg_catalog.pg_options_to_table(c.reloptions)
                           where option_name = 'security_invoker' and option_value::bool) as invoker
            from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where n.nspname = ? and c.relkind in ('r', 'p', 'v', 'S')
            order by c.relname
            """;

    private static final String ROLE = "select from pg_catalog.pg_roles where rolname = ?";

    private static final String FUNCTION = "select from pg_catalog.pg_proc where oid"
            + " operator(pg_catalog.=) pg_catalog.to_regprocedure('tenancy.require_tenant()')";

    private static final String BIND = "select pg_catalog.set_config(?, ?, true)";

    private final Connection connection;
    private final Grantees grantees;
    private final TenantPolicy policy;
    private final Set<String> apart;
    private final boolean guarded;

    private SchemaAccess(
            Connection connection, Grantees grantees, TenantPolicy policy, Set<String> apart, boolean guarded) {
        this.connection = connection;
        this.grantees = grantees;
        this.policy = policy;
        this.apart = apart;
        this.guarded = guarded;
    }

    /**
     * In a database that others reach as well: each table refuses everybody but its tenant.
     *
     * @param apart the names of tables to which nobody gets access
     */
    public static SchemaAccess guarded(
            Connection connection, Grantees grantees, TenantPolicy policy, Set<String> apart) {
        return new SchemaAccess(connection, grantees, policy, apart, true);
    }

    /** In a database that only the tenant reaches. */
    public static SchemaAccess alone(Connection connection, Grantees grantees, TenantPolicy policy, Set<String> apart) {
        return new SchemaAccess(connection, grantees, policy, apart, false);
    }

    /** Makes the function that the guards call, unless it is there. */
    public void prepare() throws SQLException {
        run(connection, "select pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtext('tenancy.policies'))");
        if (all(connection, FUNCTION, row -> true).isEmpty()) {
            for (var statement : policy.install(grantees)) {
                perform(statement);
            }
        }
    }

    /**
     * Guards each table where others could come, and lets the serving role read and write rows and do nothing else.
     *
     * @throws IllegalStateException naming a view that would read with other rights than its reader's
     */
    public void open(SchemaName schema, TenantId id) throws SQLException {
        prepare();
        var app = Quoted.identifier(grantees.app());
        perform("revoke all on schema " + schema.sql() + " from public, " + app);
        for (var relation : relations(schema)) {
            open(relation, id, app);
        }
        perform("grant usage on schema " + schema.sql() + " to " + app);
        if (!all(connection, ROLE, row -> true, grantees.admin()).isEmpty()) {
            var admin = Quoted.identifier(grantees.admin());
            perform("grant usage on schema " + schema.sql() + " to " + admin);
            perform("grant select on all tables in schema " + schema.sql() + " to " + admin);
        }
    }

    /** Takes every right away from the serving role; what is cached of a statement may do without the schema's own. */
    public void close(SchemaName schema) throws SQLException {
        var from = " in schema " + schema.sql() + " from public, " + Quoted.identifier(grantees.app());
        perform("revoke all on all tables" + from);
        perform("revoke all on all sequences" + from);
        perform("revoke all on schema " + schema.sql() + " from public, " + Quoted.identifier(grantees.app()));
    }

    /** How many rows each table has, and how many of them will be there afterwards. */
    public List<ErasedResource> count(SchemaName schema, TenantId id, boolean removed) throws SQLException {
        run(connection, BIND, policy.settingName(), id.value()); // for a role that does not bypass the guard
        var counts = new ArrayList<ErasedResource>();
        for (var relation : relations(schema)) {
            if (relation.isTable() && !relation.partition()) {
                var rows = all(connection, countRows(relation.name()), row -> row.getLong(1))
                        .get(0);
                counts.add(
                        new ErasedResource(relation.name().toString(), rows, removed ? rows : 0, removed ? 0 : rows));
            }
        }
        return counts;
    }

    private void open(Relation relation, TenantId id, String app) throws SQLException {
        var name = relation.name();
        var on = (relation.kind().equals("S") ? "sequence " : "table ") + name.sql();
        perform("revoke all on " + on + " from public, " + app);
        if (apart.contains(name.table())) {
            return;
        }
        switch (relation.kind()) {
            case "S" -> perform("grant usage on " + on + " to " + app);
            case "v" -> {
                if (guarded) {
                    requireInvoker(relation);
                }
                perform("grant select, insert, update, delete on " + on + " to " + app);
            }
            default -> {
                if (guarded) {
                    for (var statement : new SchemaGuard(id).protect(name)) {
                        perform(statement);
                    }
                }
                if (!relation.partition()) {
                    perform("grant select, insert, update, delete on " + on + " to " + app);
                }
            }
        }
    }

    private static void requireInvoker(Relation view) {
        if (!view.invoker()) {
            throw new IllegalStateException(
                    "view " + view.name() + " reads with its owner's rights; create it with (security_invoker = true)");
        }
    }

    private List<Relation> relations(SchemaName schema) throws SQLException {
        return all(
                connection,
                RELATIONS,
                row -> new Relation(
                        new TableName(schema.value(), row.getString("relname")),
                        row.getString("relkind"),
                        row.getBoolean("relispartition"),
                        row.getBoolean("invoker")),
                schema.value());
    }

    private void perform(String statement) throws SQLException {
        Statements.perform(connection, statement);
    }

    private static String countRows(TableName table) {
        return "select count(*) from " + table.sql();
    }

    private record Relation(TableName name, String kind, boolean partition, boolean invoker) {

        boolean isTable() {
            return kind.equals("r") || kind.equals("p");
        }
    }
}
