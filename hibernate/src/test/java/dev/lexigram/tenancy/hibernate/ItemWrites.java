package dev.lexigram.tenancy.hibernate;

import dev.lexigram.tenancy.hibernate.ItemReads.At;
import java.util.List;
import java.util.function.BiConsumer;
import org.hibernate.Session;

/** What a session changes. */
final class ItemWrites {

    private ItemWrites() {}

    static List<ItemOperation> all() {
        return List.of(
                write(
                        "change of what was found",
                        (session, at) -> session.find(at.type(), at.id()).setName("changed")),
                write(
                        "change of a reference",
                        (session, at) ->
                                session.getReference(at.type(), at.id()).setName("changed")),
                write(
                        "change in a secondary table",
                        (session, at) -> session.find(at.type(), at.id()).setDescription("changed")),
                write(
                        "change of a collection",
                        (session, at) ->
                                session.find(at.type(), at.id()).getTags().clear()),
                write(
                        "change of a reference's collection",
                        (session, at) -> session.getReference(at.type(), at.id())
                                .getTags()
                                .clear()),
                write("merge", (session, at) -> session.merge(ItemOperation.item(at.type(), at.id(), "changed"))),
                write("remove", (session, at) -> session.remove(session.find(at.type(), at.id()))),
                write(
                        "remove of a reference",
                        (session, at) -> session.remove(session.getReference(at.type(), at.id()))),
                write(
                        "remove of what is detached",
                        (session, at) -> session.remove(ItemOperation.item(at.type(), at.id(), "changed"))),
                write(
                        "bulk update",
                        (session, at) -> session.createMutationQuery(
                                        "update " + at.entity() + " set name = 'changed' where id = :id")
                                .setParameter("id", at.id())
                                .executeUpdate()),
                write(
                        "bulk update of a secondary table",
                        (session, at) -> session.createMutationQuery(
                                        "update " + at.entity() + " set description = 'changed' where id = :id")
                                .setParameter("id", at.id())
                                .executeUpdate()),
                write(
                        "bulk update of all",
                        (session, at) -> session.createMutationQuery("update " + at.entity() + " set name = 'changed'")
                                .executeUpdate()),
                write(
                        "bulk delete",
                        (session, at) -> session.createMutationQuery("delete from " + at.entity() + " where id = :id")
                                .setParameter("id", at.id())
                                .executeUpdate()),
                write(
                        "bulk delete of all",
                        (session, at) -> session.createMutationQuery("delete from " + at.entity())
                                .executeUpdate()),
                write("criteria update", ItemWrites::byCriteria),
                write(
                                "native update",
                                (session, at) -> session.createNativeMutationQuery(
                                                "update item set name = 'changed' where id = :id")
                                        .setParameter("id", at.id())
                                        .executeUpdate())
                        .beyondMarks(),
                write(
                                "native delete",
                                (session, at) -> session.createNativeMutationQuery("delete from item where id = :id")
                                        .setParameter("id", at.id())
                                        .executeUpdate())
                        .beyondMarks());
    }

    private static void byCriteria(Session session, At at) {
        criteria(session, at, at.type());
    }

    private static <I extends Item> void criteria(Session session, At at, Class<I> type) {
        var builder = session.getCriteriaBuilder();
        var update = builder.createCriteriaUpdate(type);
        var item = update.from(type);
        update.set(item.<String>get("name"), "changed").where(builder.equal(item.get("id"), at.id()));
        session.createMutationQuery(update).executeUpdate();
    }

    private static ItemOperation write(String name, BiConsumer<Session, At> body) {
        return ItemOperation.write(name, (factory, type, id) -> {
            factory.inTransaction(session -> body.accept(session, new At(type, id)));
            return "";
        });
    }
}
