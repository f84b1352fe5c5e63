package dev.lexigram.tenancy.postgres.adoption;

import dev.lexigram.tenancy.postgres.policy.Quoted;
import dev.lexigram.tenancy.postgres.policy.TableName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes indexes that begin with the tenant: beside each plain one that does not, for each foreign key between tables of
 * tenants, and for each table that would have none. Those that the migration rewrites count as they will be.
 */
final class IndexScript {

    private static final String HEADER = """
            -- Indexes that begin with the tenant, written by lexigram-tenancy. Run it after the tenants' migration, as
            -- tenancy_migrator, outside of a transaction. Flyway needs executeInTransaction=false in the script's .conf,
            -- and flyway.postgresql.transactional.lock=false (of Spring: spring.flyway.postgresql.transactional-lock):
            -- otherwise the first index waits for Flyway itself until lock_timeout. It may be run again.

            """;

    private static final String REFUSE_REMAINS = """
            declare
                remains text;
            begin
                select pg_catalog.string_agg(pg_catalog.format('drop index concurrently %%s', i.indexrelid::regclass), '; ')
                into remains
                from pg_catalog.pg_index i
                where not i.indisvalid and i.indexrelid = any (array[%s]);
                if remains is not null then
                    raise object_not_in_prerequisite_state using
                        message = 'what was interrupted has left indexes that are not valid',
                        hint = 'Run this and then the script again: ' || remains;
                end if;
            end
            """;

    private static final int MAX_BYTES = 63;

    private final List<IndexEntry> entries;
    private final Set<String> taken = new HashSet<>();
    private final List<Led> led = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final List<String> statements = new ArrayList<>();

    /** Columns of a table by which, behind the tenant, an index leads to its rows. */
    private record Led(TableName table, List<String> columns) {}

    private IndexScript(List<IndexEntry> entries) {
        this.entries = entries;
    }

    static String of(List<IndexEntry> entries) {
        var script = new IndexScript(entries);
        script.write();
        return script.statements.isEmpty() ? "" : HEADER + String.join(";\n\n", script.framed()) + ";\n";
    }

    private List<String> framed() {
        var remains = names.stream()
                .map(name -> "pg_catalog.to_regclass(" + Quoted.literal(name) + ")")
                .collect(Collectors.joining(", "));
        var framed = new ArrayList<>(
                List.of("do " + Quoted.block(REFUSE_REMAINS.formatted(remains)), "set lock_timeout = '1min'"));
        framed.addAll(statements);
        framed.add("reset lock_timeout");
        return framed;
    }

    private void write() {
        of(IndexEntry.Kind.INDEX).forEach(index -> {
            taken.add(index.table().schema() + "." + index.name());
            if (!index.isPartial() && (index.isLedByTenant() || index.isUnique())) {
                lead(index.table(), behindTenant(index));
            }
        });
        of(IndexEntry.Kind.INDEX).filter(this::wantsTwin).forEach(this::twin);
        of(IndexEntry.Kind.FOREIGN_KEY).forEach(this::reference);
        of(IndexEntry.Kind.TABLE)
                .filter(table -> led.stream().noneMatch(known -> known.table().equals(table.table())))
                .forEach(table -> create(table, "tenant_id)"));
    }

    private boolean wantsTwin(IndexEntry index) {
        return !index.isUnique()
                && !index.isLedByTenant()
                && index.tail().isPresent()
                && of(IndexEntry.Kind.INDEX)
                        .filter(other -> other.table().equals(index.table()))
                        .noneMatch(other -> other.tail().equals(index.tail().map(tail -> "tenant_id, " + tail)));
    }

    private void twin(IndexEntry index) {
        create(index, "tenant_id, " + index.tail().orElseThrow());
        if (!index.isPartial()) {
            lead(index.table(), index.columns());
        }
    }

    private void reference(IndexEntry key) {
        var columns = key.columns();
        var isLed = led.stream()
                .filter(known -> known.table().equals(key.table()))
                .map(Led::columns)
                .anyMatch(known -> known.size() >= columns.size()
                        && Set.copyOf(known.subList(0, columns.size())).containsAll(columns));
        if (!isLed) {
            create(key, "tenant_id, " + String.join(", ", columns) + ")");
            lead(key.table(), columns);
        }
    }

    private void create(IndexEntry entry, String tail) {
        var name = name(entry);
        taken.add(entry.table().schema() + "." + name);
        names.add(Quoted.identifier(entry.table().schema()) + "." + Quoted.identifier(name));
        statements.add("create index "
                + (entry.isPartitioned() ? "" : "concurrently ") // which PostgreSQL has not for partitioned tables
                + "if not exists " + Quoted.identifier(name) + " on "
                + entry.table().sql() + " using btree (" + tail);
    }

    private void lead(TableName table, List<String> columns) {
        led.add(new Led(table, columns));
    }

    private Stream<IndexEntry> of(IndexEntry.Kind kind) {
        return entries.stream().filter(entry -> entry.kind() == kind);
    }

    private String name(IndexEntry entry) {
        var stem = entry.name();
        for (var number = 1; ; number++) {
            var suffix = number == 1 ? "_tenant" : "_tenant" + number;
            while (bytes(stem) + suffix.length() > MAX_BYTES) {
                stem = stem.substring(0, stem.offsetByCodePoints(stem.length(), -1));
            }
            if (!taken.contains(entry.table().schema() + "." + stem + suffix)) {
                return stem + suffix;
            }
        }
    }

    private static List<String> behindTenant(IndexEntry index) {
        return index.isLedByTenant()
                ? index.columns().subList(1, index.columns().size())
                : index.columns();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
