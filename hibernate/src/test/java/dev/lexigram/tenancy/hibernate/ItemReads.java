package dev.lexigram.tenancy.hibernate;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import org.hibernate.Session;

/** What a session reads. */
final class ItemReads {

    private ItemReads() {}

    static List<ItemOperation> all() {
        return List.of(
                byId("find", (session, at) -> session.find(at.type(), at.id()).getName()),
                byId(
                        "find and lock",
                        (session, at) -> session.find(at.type(), at.id(), LockModeType.PESSIMISTIC_WRITE)
                                .getName()),
                byId(
                        "get reference",
                        (session, at) ->
                                session.getReference(at.type(), at.id()).getName()),
                byId(
                        "find multiple",
                        (session, at) -> session.findMultiple(at.type(), List.of(at.id(), 99L)).stream()
                                .filter(Objects::nonNull)
                                .map(Item::getName)
                                .toList()),
                byId("refresh of a reference", (session, at) -> {
                    var item = session.getReference(at.type(), at.id());
                    session.refresh(item);
                    return item.getName();
                }),
                byId(
                        "natural id",
                        (session, at) -> session.bySimpleNaturalId(at.type())
                                .load("S" + at.id())
                                .getName()),
                byId(
                        "reference by natural id",
                        (session, at) -> session.bySimpleNaturalId(at.type())
                                .getReference("S" + at.id())
                                .getName()),
                byId(
                        "several natural ids",
                        (session, at) -> session.byMultipleNaturalId(at.type()).multiLoad("S" + at.id()).stream()
                                .filter(Objects::nonNull)
                                .map(Item::getName)
                                .toList()),
                byId(
                        "secondary table",
                        (session, at) -> session.find(at.type(), at.id()).getDescription()),
                byId(
                        "lazy collection",
                        (session, at) ->
                                List.copyOf(session.find(at.type(), at.id()).getTags())),
                byId(
                        "collection of a reference",
                        (session, at) -> List.copyOf(
                                session.getReference(at.type(), at.id()).getTags())),
                byId(
                        "query by id",
                        (session, at) -> session.createSelectionQuery(
                                        "select name from " + at.entity() + " where id = :id", String.class)
                                .setParameter("id", at.id())
                                .setCacheable(true)
                                .getResultList()),
                byId(
                        "query of entities",
                        (session, at) ->
                                session
                                        .createSelectionQuery("from " + at.entity(), at.type())
                                        .setCacheable(true)
                                        .stream()
                                        .map(Item::getName)
                                        .toList()),
                byId(
                        "query that joins a collection",
                        (session, at) -> session.createSelectionQuery(
                                        "select t from " + at.entity() + " i join i.tags t", String.class)
                                .getResultList()),
                byId(
                        "query with a subquery",
                        (session, at) -> session.createSelectionQuery(
                                        "select s from (select i.name as s from " + at.entity() + " i)", String.class)
                                .getResultList()),
                byId(
                        "aggregate",
                        (session, at) -> session.createSelectionQuery(
                                        "select max(name) from " + at.entity() + " where id = :id", String.class)
                                .setParameter("id", at.id())
                                .getResultList()),
                byId(
                        "named query",
                        (session, at) -> session.createNamedSelectionQuery(at.entity() + ".names", String.class)
                                .setParameter("id", at.id())
                                .getResultList()),
                byId("criteria", ItemReads::byCriteria),
                byId(
                                "native query",
                                (session, at) -> session.createNativeQuery(
                                                "select name from item where id = :id", String.class)
                                        .setParameter("id", at.id())
                                        .getResultList())
                        .beyondMarks(),
                byId(
                                "native query of entities",
                                (session, at) -> session
                                        .createNativeQuery(
                                                "select i.*, d.description from item i join item_detail d on d.item_id = i.id"
                                                        + " where i.id = :id",
                                                at.type())
                                        .setParameter("id", at.id())
                                        .getResultList()
                                        .stream()
                                        .map(Item::getName)
                                        .toList())
                        .beyondMarks());
    }

    private static Object byCriteria(Session session, At at) {
        var builder = session.getCriteriaBuilder();
        var query = builder.createQuery(String.class);
        var item = query.from(at.type());
        query.select(item.get("name")).where(builder.equal(item.get("id"), at.id()));
        return session.createSelectionQuery(query).getResultList();
    }

    private static ItemOperation byId(String name, BiFunction<Session, At, Object> body) {
        return ItemOperation.read(
                name, (factory, type, id) -> factory.fromTransaction(session -> body.apply(session, new At(type, id))));
    }

    /** What an operation is aimed at. */
    record At(Class<? extends Item> type, long id) {

        String entity() {
            return type.getSimpleName();
        }
    }
}
