package dev.lexigram.tenancy.postgres.adoption;

import dev.lexigram.tenancy.postgres.policy.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What there is to say of the tables as such, and of how they were named. */
final class TableFindings {

    private static final long LARGE = 1_000_000;

    private final Classification tables;
    private final Choices choices;
    private final List<AdoptionFinding> findings = new ArrayList<>();

    private TableFindings(Classification tables, Choices choices) {
        this.tables = tables;
        this.choices = choices;
    }

    static List<AdoptionFinding> of(Classification tables, Choices choices) {
        var found = new TableFindings(tables, choices);
        found.names();
        tables.of(TableClass.UNDECIDED).forEach(found::undecided);
        tables.of(TableClass.TENANT).forEach(found::tenant);
        tables.of(TableClass.SHARED).forEach(found::common);
        tables.of(TableClass.SYSTEM).forEach(found::common);
        tables.of(TableClass.SYSTEM).forEach(found::system);
        return found.findings;
    }

    private void names() {
        tables.unmatched()
                .forEach(name -> add(AdoptionCode.NAME_UNMATCHED, name, "-- Write the name as the catalogue has it."));
        if (tables.of(TableClass.TENANT).isEmpty()) {
            add(AdoptionCode.TABLES_MISSING, "database", "-- Is it the right database, and are its tables made?");
        }
    }

    private void undecided(CatalogueTable table) {
        if (!tables.isWantedAsTenant(table)) {
            add(AdoptionCode.TABLE_UNNAMED, table, "-- Name it among the tables of tenants, shared or of tools.");
        } else if (table.isForeign()) {
            add(AdoptionCode.FOREIGN_TABLE, table, """
                    -- Or name it among the shared ones:
                    revoke all on %s from public, %s""".formatted(table.name().sql(), Quoted.identifier(choices.app())));
        } else if (table.isInHierarchy()) {
            add(AdoptionCode.HIERARCHY, table, "-- Make the hierarchy a partitioned table, or plain tables.");
        } else {
            add(AdoptionCode.TENANT_ID_TAKEN, table, """
                    -- It is %s. Where it means tenants, make it text, else give it another name:
                    alter table %s alter column tenant_id type text collate "default" using tenant_id::text""".formatted(
                    table.tenantType().replaceAll("\\p{C}", "?"), table.name().sql()));
        }
    }

    private void tenant(CatalogueTable table) {
        var name = table.name().sql();
        if (table.tenantColumn() == CatalogueTable.TenantColumn.TEXT && !table.isConfined()) {
            add(AdoptionCode.TENANT_ID_PRESENT, table, """
                    -- These must be ids of tenants; rows without one become the first tenant's:
                    select tenant_id, count(*) from %s group by tenant_id""".formatted(name));
        }
        if (!table.partitions().isEmpty()) {
            add(AdoptionCode.PARTITIONED, table, """
                    -- Run the migration again after each new partition; read and write rows through the table.""");
        }
        if (table.rows() > LARGE) {
            add(AdoptionCode.LARGE_TABLE, table, String.format(Locale.ROOT, """
                    -- About %,d rows: plan a window, try it on a copy, and let the migration give up rather than queue:
                    set lock_timeout = '5s'""", table.rows()));
        }
    }

    private void common(CatalogueTable table) {
        if (table.tenantColumn() != CatalogueTable.TenantColumn.NONE) {
            add(AdoptionCode.SHARED_TABLE_HAS_TENANT, table, "-- Make it a table of tenants, or rename the column.");
        }
    }

    private void system(CatalogueTable table) {
        var isOfMigrations = table.name().table().startsWith("flyway_")
                || table.name().table().startsWith("databasechangelog");
        if (!isOfMigrations && !table.isOfExtension()) {
            add(AdoptionCode.SYSTEM_TABLE, table, """
                    -- Where the application uses it:
                    grant select, insert, update, delete on %s to %s""".formatted(table.name().sql(), Quoted.identifier(choices.app())));
        }
    }

    private void add(AdoptionCode code, CatalogueTable table, String mend) {
        add(code, table.name().toString(), mend);
    }

    private void add(AdoptionCode code, String object, String mend) {
        findings.add(new AdoptionFinding(code, object, mend));
    }
}
