package dev.lexigram.tenancy.postgres.audit;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The tables that read as protected and that the role may read, so that reading them is worth a try.
 *
 * <p>Every table of all tenants is tried. In the schema of one tenant one table is tried for all that have the same
 * policies: of the others only the definition is read. It is the smallest of those that had rows when the server last
 * counted, since an empty table shows nobody anything.
 *
 * @param all those whose definition was read
 * @param tried those that are read themselves
 */
record ProbedTables(List<Relation> all, List<Relation> tried) {

    private static final Comparator<Relation> TELLING =
            Comparator.comparing((Relation table) -> table.pages() <= 0).thenComparing(Relation::pages);

    /** What tables of one schema have in common if to try one of them is to try them all. */
    private record Likeness(String schema, List<Policy> policies) {}

    static ProbedTables of(AuditSession session) {
        var all = session.relations().stream()
                .filter(relation -> isProbed(session, relation))
                .toList();
        var common = all.stream().filter(table -> !session.schemas().hold(table));
        var own = all.stream().filter(session.schemas()::hold);
        return new ProbedTables(
                all, Stream.concat(common, oneOfEachKind(own).stream()).toList());
    }

    private static boolean isProbed(AuditSession session, Relation relation) {
        return relation.kind() == Relation.Kind.TABLE
                && relation.rights().readable()
                && (session.schemas().hold(relation)
                        ? SchemaCheck.isGuarded(session, relation)
                        : Protection.defects(relation).isEmpty());
    }

    private static Collection<Relation> oneOfEachKind(Stream<Relation> tables) {
        return tables.collect(Collectors.toMap(
                        table -> new Likeness(table.name().schema(), table.policies()),
                        table -> table,
                        BinaryOperator.minBy(TELLING),
                        LinkedHashMap::new))
                .values();
    }
}
