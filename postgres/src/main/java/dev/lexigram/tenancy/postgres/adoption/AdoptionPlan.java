package dev.lexigram.tenancy.postgres.adoption;

import dev.lexigram.tenancy.postgres.audit.Severity;
import dev.lexigram.tenancy.postgres.isolation.RowLevelObservation;
import dev.lexigram.tenancy.postgres.isolation.RowLevelPolicies;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What makes one database safe for many tenants: scripts to review and commit, and what they cannot decide. Immutable.
 *
 * @param tables every table that is no partition, in order of their names
 * @param migration the SQL that protects the tables of tenants: for Flyway, as {@code tenancy_migrator}, in one
 *     transaction; it may be run again
 * @param indexes the SQL that makes indexes which begin with the tenant, outside of a transaction; empty when none is
 *     wanted
 * @param observation the SQL that watches the same tables before, and refuses nothing; the migration ends it
 * @param declarations the YAML that tells the application which table holds whose rows
 * @param findings errors first
 */
public record AdoptionPlan(
        List<PlannedTable> tables,
        String migration,
        String indexes,
        String observation,
        String declarations,
        List<AdoptionFinding> findings) {

    private static final String NO_TABLE = "-- There is no table of tenants.\n";
    private static final List<String> QUESTIONS = List.of("keys.sql", "foreign-keys.sql", "readers.sql", "owners.sql");

    public AdoptionPlan {
        tables = List.copyOf(tables);
        findings = List.copyOf(findings);
    }

    static AdoptionPlan read(Catalogue catalogue, Choices choices) throws SQLException {
        var tables = new Classification(catalogue.tables(), choices);
        var findings = new ArrayList<>(TableFindings.of(tables, choices));
        for (var question : QUESTIONS) {
            findings.addAll(catalogue.ask(question, tables));
        }
        findings.sort(Comparator.comparing(AdoptionFinding::severity)
                .thenComparing(AdoptionFinding::code)
                .thenComparing(AdoptionFinding::object));
        return new AdoptionPlan(
                tables.planned(),
                migration(tables, choices),
                IndexScript.of(catalogue.indexes(tables)),
                observation(tables, choices),
                TableDeclarations.of(tables, choices),
                findings);
    }

    /** What must be decided before the application serves tenants. */
    public List<AdoptionFinding> errors() {
        return findings.stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .toList();
    }

    /** The whole plan but for its scripts, for people. */
    public String report() {
        return AdoptionReport.of(this);
    }

    /** The same as {@link #report}. */
    @Override
    public String toString() {
        return report();
    }

    private static String observation(Classification tables, Choices choices) {
        var tenant = tables.names(TableClass.TENANT);
        if (tenant.isEmpty()) {
            return NO_TABLE;
        }
        var watched = RowLevelObservation.forTables(tenant)
                .withSettingName(choices.settingName())
                .withOwnerRole(choices.owner())
                .withAppRole(choices.app());
        return choices.firstTenant()
                .map(watched::withFirstTenant)
                .orElse(watched)
                .script();
    }

    private static String migration(Classification tables, Choices choices) {
        var tenant = tables.names(TableClass.TENANT);
        if (tenant.isEmpty()) {
            return NO_TABLE;
        }
        var policies = RowLevelPolicies.forTables(tenant)
                .withSharedTables(tables.names(TableClass.SHARED))
                .withKeys(choices.keys())
                .withSettingName(choices.settingName())
                .withOwnerRole(choices.owner())
                .withAppRole(choices.app())
                .withAdminRole(choices.admin());
        var filled = choices.firstTenant().map(policies::withFirstTenant).orElse(policies);
        return heading(tables, choices) + filled.script();
    }

    private static String heading(Classification tables, Choices choices) {
        var heading =
                new StringBuilder("-- The tables of one tenant become tables of many, as the catalogue had them.\n");
        choices.firstTenant()
                .ifPresent(tenant -> heading.append("-- Rows that are there belong to ")
                        .append(tenant)
                        .append(".\n"));
        heading.append("-- Keys: ").append(choices.keys()).append("\n--\n");
        for (var classification : List.of(TableClass.TENANT, TableClass.SHARED)) {
            tables.names(classification)
                    .forEach(name -> heading.append("--   ")
                            .append(classification == TableClass.TENANT ? "of tenants  " : "shared      ")
                            .append(name.toString().replace("${", "$ {")) // which Flyway would fill in
                            .append('\n'));
        }
        return heading.append("--\n").toString();
    }
}
