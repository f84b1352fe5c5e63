package dev.lexigram.tenancy.postgres.audit;

import static dev.lexigram.tenancy.postgres.audit.FindingCode.PARTITION_UNPROTECTED;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.PATTERN_UNUSED;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.SHARED_TABLE_HAS_TENANT;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.TABLE_MISSING;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.TABLE_UNDECLARED;

import dev.lexigram.tenancy.postgres.policy.TableName;
import dev.lexigram.tenancy.postgres.policy.TenantPolicy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;

/** Every table that the role reaches, or that is declared a tenant's, is protected; the rest is declared. */
final class TableCheck implements Check {

    @Override
    public List<Finding> run(AuditSession session) {
        var findings = new ArrayList<>(declared(session));
        session.relations().stream()
                .filter(relation -> relation.kind() == Relation.Kind.TABLE)
                .filter(relation -> !ControlPlaneCheck.isControl(relation))
                .filter(relation -> !session.schemas().hold(relation))
                .forEach(table -> findings.addAll(inspect(session, table)));
        return findings;
    }

    /** What is wrong with the definition of these tables and of their partitions. */
    List<Finding> definitions(AuditSession session, Collection<TableName> tables) {
        var missing = new HashSet<>(tables);
        var findings = new ArrayList<Finding>();
        for (var relation : session.relations()) {
            if (missing.remove(relation.name())) {
                findings.addAll(Protection.defects(relation));
            } else if (relation.root().filter(tables::contains).isPresent()) {
                findings.addAll(partition(relation));
            }
        }
        missing.stream().sorted().forEach(name -> findings.add(missing(name.toString())));
        return findings;
    }

    private static List<Finding> inspect(AuditSession session, Relation table) {
        var declarations = session.declarations();
        var isTenant = declarations.isTenant(table.name());
        var isCommon = declarations.isCommon(table.name());
        var hasTenant = table.tenantColumn().isPresent();
        if (hasTenant
                && !isCommon
                && table.root().filter(root -> !declarations.isCommon(root)).isPresent()) {
            return partition(table); // even out of reach: one grant must not open it
        }
        var defects = Protection.defects(table);
        if (defects.isEmpty() || !(isTenant || table.rights().reachable())) {
            return List.of();
        }
        if (isCommon) {
            return hasTenant ? List.of(unprotected(SHARED_TABLE_HAS_TENANT, table)) : List.of();
        }
        return isTenant || hasTenant || table.rowSecurity().enabled()
                ? defects
                : List.of(new Finding(TABLE_UNDECLARED, table.name().toString(), undeclaredMend(session, table)));
    }

    private static List<Finding> partition(Relation partition) {
        return Protection.defects(partition).isEmpty()
                ? List.of()
                : List.of(unprotected(PARTITION_UNPROTECTED, partition));
    }

    /** The declarations that name nothing. */
    static List<Finding> declared(AuditSession session) {
        var findings = new ArrayList<Finding>();
        for (var pattern : session.declarations().tenantPatterns()) {
            if (session.relations().stream().noneMatch(relation -> pattern.matches(relation.name()))) {
                findings.add(
                        pattern.isExact()
                                ? missing(pattern.toString())
                                : new Finding(PATTERN_UNUSED, pattern.toString(), "-- Mend isolation.tables.tenant."));
            }
        }
        return findings;
    }

    private static Finding missing(String table) {
        return new Finding(TABLE_MISSING, table, "-- Create the table, or take it out of isolation.tables.tenant.");
    }

    private static Finding unprotected(FindingCode code, Relation table) {
        return new Finding(code, table.name().toString(), String.join(";\n", TenantPolicy.protect(table.name())));
    }

    private static String undeclaredMend(AuditSession session, Relation table) {
        return """
                -- Rows of tenants: run RowLevelPolicies.forTables(..).script(). Rows for all: isolation.tables.shared.
                -- Neither:
                revoke all on %s from %s""".formatted(table.name().sql(), session.role().grantees());
    }
}
