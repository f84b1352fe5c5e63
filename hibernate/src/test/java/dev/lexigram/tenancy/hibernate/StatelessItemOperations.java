package dev.lexigram.tenancy.hibernate;

import dev.lexigram.tenancy.hibernate.ItemReads.At;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import org.hibernate.StatelessSession;

/** What a session without a memory of its own reads and changes. */
final class StatelessItemOperations {

    private StatelessItemOperations() {}

    static List<ItemOperation> all() {
        return List.of(
                operation(
                        false,
                        "get",
                        (session, at) -> session.get(at.type(), at.id()).getName()),
                operation(
                        false,
                        "get multiple",
                        (session, at) -> session.getMultiple(at.type(), List.of(at.id())).stream()
                                .filter(Objects::nonNull)
                                .map(Item::getName)
                                .toList()),
                operation(false, "refresh", (session, at) -> {
                    var item = ItemOperation.item(at.type(), at.id(), "");
                    session.refresh(item);
                    return item.getName();
                }),
                operation(false, "fetch of a collection", (session, at) -> {
                    var item = session.get(at.type(), at.id());
                    session.fetch(item.getTags());
                    return List.copyOf(item.getTags());
                }),
                operation(
                        false,
                        "query",
                        (session, at) -> session.createSelectionQuery(
                                        "select name from " + at.entity() + " where id = :id", String.class)
                                .setParameter("id", at.id())
                                .setCacheable(true)
                                .getResultList()),
                operation(
                                false,
                                "native query",
                                (session, at) -> session.createNativeQuery(
                                                "select name from item where id = :id", String.class)
                                        .setParameter("id", at.id())
                                        .getResultList())
                        .beyondMarks(),
                operation(true, "update", (session, at) -> {
                    session.update(ItemOperation.item(at.type(), at.id(), "changed"));
                    return "";
                }),
                operation(true, "upsert", (session, at) -> {
                    session.upsert(ItemOperation.item(at.type(), at.id(), "changed"));
                    return "";
                }),
                operation(true, "delete", (session, at) -> {
                    session.delete(ItemOperation.item(at.type(), at.id(), "changed"));
                    return "";
                }),
                operation(
                        true,
                        "bulk update",
                        (session, at) -> session.createMutationQuery(
                                        "update " + at.entity() + " set name = 'changed' where id = :id")
                                .setParameter("id", at.id())
                                .executeUpdate()),
                operation(
                        true,
                        "bulk delete",
                        (session, at) -> session.createMutationQuery("delete from " + at.entity() + " where id = :id")
                                .setParameter("id", at.id())
                                .executeUpdate()));
    }

    private static ItemOperation operation(boolean writes, String name, BiFunction<StatelessSession, At, Object> body) {
        return new ItemOperation(
                "stateless: " + name,
                writes,
                true,
                (factory, type, id) ->
                        factory.fromStatelessTransaction(session -> body.apply(session, new At(type, id))));
    }
}
