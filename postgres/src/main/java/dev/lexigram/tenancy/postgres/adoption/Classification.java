package dev.lexigram.tenancy.postgres.adoption;

import static dev.lexigram.tenancy.postgres.adoption.TableClass.CONTROL;
import static dev.lexigram.tenancy.postgres.adoption.TableClass.SHARED;
import static dev.lexigram.tenancy.postgres.adoption.TableClass.SYSTEM;
import static dev.lexigram.tenancy.postgres.adoption.TableClass.TENANT;
import static dev.lexigram.tenancy.postgres.adoption.TableClass.UNDECIDED;

import dev.lexigram.tenancy.postgres.audit.TablePattern;
import dev.lexigram.tenancy.postgres.audit.TenancyAudit;
import dev.lexigram.tenancy.postgres.policy.TableName;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The class of each table, from what the caller named and from what the audit knows of tools. */
final class Classification {

    private static final List<TablePattern> KNOWN = patterns(TenancyAudit.knownSystemTables());

    private final List<TablePattern> tenant;
    private final List<TablePattern> shared;
    private final List<TablePattern> system;
    private final TreeMap<TableName, CatalogueTable> tables = new TreeMap<>();

    Classification(List<CatalogueTable> tables, Choices choices) {
        this.tenant = patterns(choices.tenant());
        this.shared = patterns(choices.shared());
        this.system = patterns(choices.system());
        tables.forEach(table -> this.tables.put(table.name(), table));
    }

    List<PlannedTable> planned() {
        return tables.values().stream().map(this::planned).toList();
    }

    /** The tables of this class, without their partitions. */
    List<CatalogueTable> of(TableClass classification) {
        return tables.values().stream()
                .filter(table -> classOf(table) == classification)
                .toList();
    }

    List<TableName> names(TableClass classification) {
        return of(classification).stream().map(CatalogueTable::name).toList();
    }

    /** The tables of tools that the audit does not know by itself. */
    List<TableName> unknownSystem() {
        return names(SYSTEM).stream().filter(name -> !matches(KNOWN, name)).toList();
    }

    /** The catalogue's numbers of the tables of this class and of their partitions. */
    Object[] ids(TableClass classification) {
        return of(classification).stream()
                .flatMap(table -> Stream.concat(Stream.of(table.id()), table.partitions().stream()))
                .toArray();
    }

    /** What the caller named and no table is called. */
    List<String> unmatched() {
        return Stream.of(tenant, shared, system)
                .flatMap(List::stream)
                .filter(pattern -> tables.keySet().stream().noneMatch(pattern::matches))
                .map(TablePattern::toString)
                .toList();
    }

    /** Whether the caller decided that it is a tenant's, or decided nothing. */
    boolean isWantedAsTenant(CatalogueTable table) {
        return wanted(table) == TENANT;
    }

    private TableClass classOf(CatalogueTable table) {
        var wanted = wanted(table);
        var isPossible = !table.isForeign()
                && !table.isInHierarchy()
                && table.tenantColumn() != CatalogueTable.TenantColumn.OTHER;
        return wanted == TENANT && !isPossible ? UNDECIDED : wanted;
    }

    // In the audit's order: a tenant's declaration wins over every other.
    private TableClass wanted(CatalogueTable table) {
        var name = table.name();
        if (name.schema().equals("tenancy")) {
            return CONTROL;
        }
        if (matches(tenant, name)) {
            return TENANT;
        }
        if (matches(shared, name)) {
            return SHARED;
        }
        if (table.isOfExtension() || matches(system, name) || matches(KNOWN, name)) {
            return SYSTEM;
        }
        return tenant.isEmpty() ? TENANT : UNDECIDED;
    }

    private PlannedTable planned(CatalogueTable table) {
        var isNamed = Stream.of(tenant, shared, system).anyMatch(patterns -> matches(patterns, table.name()));
        return new PlannedTable(
                table.name(), classOf(table), isNamed, table.partitions().size(), table.rows());
    }

    private static boolean matches(List<TablePattern> patterns, TableName name) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(name));
    }

    private static List<TablePattern> patterns(List<String> texts) {
        return texts.stream().map(TablePattern::of).toList();
    }
}
