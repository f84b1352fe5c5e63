package dev.lexigram.tenancy.postgres.audit;

import static dev.lexigram.tenancy.postgres.audit.FindingCode.POLICY_NOT_CANONICAL;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.POLICY_PERMISSIVE_MISSING;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.POLICY_RESTRICTIVE_MISSING;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.ROW_SECURITY_NOT_FORCED;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.ROW_SECURITY_OFF;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.TENANT_ID_MAY_BE_EMPTY;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.TENANT_ID_MISSING;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.TENANT_ID_NOT_TEXT;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.TENANT_ID_NULLABLE;

import dev.lexigram.tenancy.postgres.policy.Quoted;
import dev.lexigram.tenancy.postgres.policy.TenantPolicy;
import java.util.ArrayList;
import java.util.List;

/** Compares one table with the canonical protection. */
final class Protection {

    private Protection() {}

    /** Everything in which the table's definition differs; empty when it is protected. */
    static List<Finding> defects(Relation table) {
        var findings = new ArrayList<Finding>();
        column(table, findings);
        var protect = String.join(";\n", TenantPolicy.protect(table.name()));
        if (!table.rowSecurity().enabled()) {
            add(findings, ROW_SECURITY_OFF, table, protect);
        }
        if (!table.rowSecurity().forced()) {
            add(findings, ROW_SECURITY_NOT_FORCED, table, protect);
        }
        if (lacks(table, true)) {
            add(findings, POLICY_PERMISSIVE_MISSING, table, protect);
        }
        if (lacks(table, false)) {
            add(findings, POLICY_RESTRICTIVE_MISSING, table, protect);
        }
        table.policies().stream()
                .filter(policy -> policy.permissive() && !policy.isCanonical())
                .forEach(policy -> findings.add(widening(table, policy, protect)));
        return findings;
    }

    private static void column(Relation table, List<Finding> findings) {
        var confine = TenantPolicy.confineColumn(table.name());
        if (table.tenantColumn().isEmpty()) {
            add(findings, TENANT_ID_MISSING, table, """
                    -- A table that holds rows needs to know whose they are: RowLevelPolicies with withFirstTenant.
                    alter table %s add column tenant_id text;
                    %s""".formatted(table.name().sql(), confine));
            return;
        }
        var column = table.tenantColumn().get();
        if (!column.text()) {
            add(findings, TENANT_ID_NOT_TEXT, table, """
                    -- Drop the table's policies first, and run the script of RowLevelPolicies after it.
                    alter table %s alter column tenant_id type text collate "default\"""".formatted(table.name().sql()));
        }
        if (!column.mandatory()) {
            add(findings, TENANT_ID_NULLABLE, table, confine);
        }
        if (column.checks().stream().noneMatch(TenantPolicy::isCheckExpression)) {
            add(findings, TENANT_ID_MAY_BE_EMPTY, table, confine);
        }
    }

    private static boolean lacks(Relation table, boolean permissive) {
        return table.policies().stream().noneMatch(policy -> policy.permissive() == permissive && policy.isCanonical());
    }

    private static Finding widening(Relation table, Policy policy, String protect) {
        var name = policy.name();
        var drop =
                "drop policy " + Quoted.identifier(name) + " on " + table.name().sql();
        return new Finding(
                POLICY_NOT_CANONICAL,
                "policy " + name + " on " + table.name(),
                TenantPolicy.isReplaced(name) ? protect : drop);
    }

    private static void add(List<Finding> findings, FindingCode code, Relation table, String mend) {
        findings.add(new Finding(code, table.name().toString(), mend));
    }
}
