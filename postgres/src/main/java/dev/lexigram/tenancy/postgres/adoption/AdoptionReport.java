package dev.lexigram.tenancy.postgres.adoption;

import dev.lexigram.tenancy.postgres.audit.Severity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;

/** Writes a plan for people: the tables, what to decide and what to know, and the steps. */
final class AdoptionReport {

    private static final String NEXT = """

            Next:
              1. Decide what is marked ERROR, and plan again.
              2. As a superuser, once: roles.sql, then adopt.sql, of lexigram-tenancy-postgres.
              3. Review the migration, commit it, and let Flyway run it as tenancy_migrator.%s
              4. Add this to the application's configuration; its start proves the rest:

            """;

    private static final String INDEXES = """

                 The indexes come after it, in a script outside of transactions. Flyway must not hold a transaction then:
                 spring.flyway.postgresql.transactional-lock: false""";

    private static final String KNOWN = """

            Known and accepted: what a shared sequence gives tells roughly how much all tenants write. Where that
            matters, use random ids.
            """;

    private final AdoptionPlan plan;
    private final StringBuilder text = new StringBuilder();

    private AdoptionReport(AdoptionPlan plan) {
        this.plan = plan;
    }

    static String of(AdoptionPlan plan) {
        var report = new AdoptionReport(plan);
        report.tables();
        report.findings(Severity.ERROR, "To decide");
        report.findings(Severity.WARN, "To know");
        report.text.append(NEXT.formatted(plan.indexes().isEmpty() ? "" : INDEXES));
        plan.declarations().lines().forEach(line -> report.line("     " + line));
        return report.text.append(KNOWN).toString();
    }

    private void tables() {
        line("Tables: " + plan.tables().size());
        for (var table : plan.tables()) {
            line(String.format(
                    Locale.ROOT,
                    "  %-9s  %s%s%s%s",
                    table.classification().name().toLowerCase(Locale.ROOT),
                    table.name(),
                    table.rows() > 0 ? String.format(Locale.ROOT, ", about %,d rows", table.rows()) : "",
                    table.partitions() > 0 ? ", " + table.partitions() + " partitions" : "",
                    table.isAssumed() ? "  (not named)" : ""));
        }
        if (plan.tables().stream().anyMatch(PlannedTable::isAssumed)) {
            line("A table that is not named is taken for a tenant's: name those that are shared or a tool's.");
        }
    }

    private void findings(Severity severity, String title) {
        var byCode = new LinkedHashMap<AdoptionCode, List<AdoptionFinding>>();
        plan.findings().stream()
                .map(AdoptionFinding::code)
                .filter(code -> code.severity() == severity)
                .distinct()
                .forEach(code -> byCode.put(
                        code,
                        plan.findings().stream()
                                .filter(finding -> finding.code() == code)
                                .toList()));
        if (byCode.isEmpty()) {
            return;
        }
        line("");
        line(title + ":");
        byCode.forEach((code, findings) -> {
            line("  " + severity + " " + code + ": " + code.why());
            findings.forEach(this::finding);
        });
    }

    private void finding(AdoptionFinding finding) {
        line("    " + finding.object());
        finding.mend().lines().forEach(line -> line("      " + line.replaceAll("\\p{C}", "?")));
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
