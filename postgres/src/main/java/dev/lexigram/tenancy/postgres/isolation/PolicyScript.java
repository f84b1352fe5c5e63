package dev.lexigram.tenancy.postgres.isolation;

import static dev.lexigram.tenancy.postgres.policy.Quoted.block;
import static dev.lexigram.tenancy.postgres.policy.Quoted.identifier;
import static dev.lexigram.tenancy.postgres.policy.Quoted.literal;

import dev.lexigram.tenancy.postgres.policy.Grantees;
import dev.lexigram.tenancy.postgres.policy.TableName;
import dev.lexigram.tenancy.postgres.policy.TenantPolicy;
import dev.lexigram.tenancy.tenant.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes the statements of {@link RowLevelPolicies}: columns and keys before the policies, so that an owner who may not
 * bypass them is not in its own way. What depends on the catalogue is decided inside the script, when it runs.
 */
record PolicyScript(
        List<TableName> tables,
        List<TableName> shared,
        KeyVariant keys,
        TenantPolicy policy,
        Grantees grantees,
        Optional<TenantId> firstTenant) {

    static final String HEADER = """
            -- Row-level isolation by tenant, written by RowLevelPolicies of lexigram-tenancy.
            -- Run it as tenancy_migrator, in one transaction, bound to no tenant. It may be run again.

            """;

    private static final Pattern PLACEHOLDER = Pattern.compile(":(variant|owner|app|admin|tables|readable|protect)\\b");

    List<String> statements() {
        var statements = new ArrayList<String>();
        statements.add(perform(ScriptBlocks.ROLES));
        statements.addAll(policy.install(grantees));
        tables.forEach(table -> statements.addAll(column(table)));
        statements.add(perform(ScriptBlocks.KEYS));
        tables.forEach(table -> statements.addAll(access(table)));
        shared.forEach(table -> statements.addAll(reading(table)));
        statements.add(perform(ScriptBlocks.PARTITIONS));
        statements.add(perform(ScriptBlocks.GRANTS));
        return statements;
    }

    private List<String> column(TableName table) {
        var statements = new ArrayList<String>();
        statements.add("alter table " + table.sql() + " owner to " + identifier(grantees.owner()));
        statements.add("alter table " + table.sql() + " add column if not exists tenant_id text"
                + firstTenant.map(PolicyScript::presentRows).orElse(""));
        statements.add("do " + block(backfill(table)));
        statements.add(TenantPolicy.confineColumn(table));
        return statements;
    }

    // PostgreSQL keeps such a default for the rows that are there: no row is written, and no trigger runs.
    private static String presentRows(TenantId tenant) {
        return " default " + literal(tenant.value());
    }

    private String backfill(TableName table) {
        var rows = table.sql() + " where tenant_id is null";
        var action = firstTenant
                .map(tenant -> "update " + table.sql() + " set tenant_id = " + literal(tenant.value())
                        + " where tenant_id is null;")
                .orElseGet(() -> ScriptBlocks.REFUSE_ROWS.formatted(rows));
        return ScriptBlocks.BACKFILL.formatted(literal(table.sql()), action);
    }

    private List<String> access(TableName table) {
        var statements = new ArrayList<>(TenantPolicy.protect(table));
        var app = identifier(grantees.app());
        statements.add("revoke all on table " + table.sql() + " from public, " + app);
        statements.add("grant select, insert, update, delete on table " + table.sql() + " to " + app);
        return statements;
    }

    private List<String> reading(TableName table) {
        var app = identifier(grantees.app());
        return List.of(
                "alter table " + table.sql() + " owner to " + identifier(grantees.owner()),
                "revoke all on table " + table.sql() + " from public, " + app,
                "grant select on table " + table.sql() + " to " + app);
    }

    private String perform(String template) {
        var values = Map.of(
                "variant", literal(keys.name()),
                "owner", literal(grantees.owner()),
                "app", literal(grantees.app()),
                "admin", literal(grantees.admin()),
                "tables", listed(tables.stream()),
                "readable", listed(Stream.concat(tables.stream(), shared.stream())),
                "protect", literal(String.join(";\n", TenantPolicy.protect("%1$s"))));
        return "do "
                + block(
                        PLACEHOLDER // in one pass: a name that looks like a placeholder stays a name
                                .matcher(template)
                                .replaceAll(found -> Matcher.quoteReplacement(values.get(found.group(1)))));
    }

    private static String listed(Stream<TableName> names) {
        return names.map(table -> literal(table.sql())).collect(Collectors.joining(", ", "array[", "]::regclass[]"));
    }
}
