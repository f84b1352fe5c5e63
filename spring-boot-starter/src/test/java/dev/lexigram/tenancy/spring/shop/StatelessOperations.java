package dev.lexigram.tenancy.spring.shop;

import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import java.util.function.BiFunction;
import org.hibernate.LockMode;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a session without a persistence context does: it borrows for itself, outside Spring's transactions. */
@Component
class StatelessOperations implements Operation.Source {

    private final SessionFactory sessions;

    StatelessOperations(EntityManagerFactory factory) {
        this.sessions = factory.unwrap(SessionFactory.class);
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                of(
                        "get",
                        (session, at) -> session.get(Product.class, at.number()).getName()),
                of(
                        "get and lock",
                        (session, at) -> session.get(Product.class, at.number(), LockMode.PESSIMISTIC_WRITE)
                                .getName()),
                of(
                        "get several",
                        (session, at) -> session.getMultiple(Ticket.class, List.of(at.uuid())).stream()
                                .map(ticket -> ticket == null ? "" : ticket.getName())
                                .toList()),
                of(
                        "query",
                        (session, at) -> session.createSelectionQuery(
                                        "select p.name from Product p where p.id = :it", String.class)
                                .setParameter("it", at.number())
                                .getResultList()),
                of("refresh", (session, at) -> {
                    var ticket = Ticket.of(at.uuid(), "");
                    session.refresh(ticket);
                    return ticket.getName();
                }),
                of("fetch", (session, at) -> {
                    var product = session.get(Product.class, at.number());
                    session.fetch(product.getTags());
                    return product.getTags().toString();
                }),
                of("update", (session, at) -> {
                    session.update(Ticket.of(at.uuid(), "renamed"));
                    return null;
                }),
                of("update a version", (session, at) -> {
                    session.update(Product.detached(at.number(), "renamed"));
                    return null;
                }),
                of("delete", (session, at) -> {
                    session.delete(Ticket.of(at.uuid(), ""));
                    return null;
                }),
                of("upsert", (session, at) -> {
                    session.upsert(Ticket.of(at.uuid(), "upserted"));
                    return null;
                }),
                of(
                        "delete by HQL",
                        (session, at) -> session.createMutationQuery("delete from Ticket t where t.id = :it")
                                .setParameter("it", at.uuid())
                                .executeUpdate()),
                Operation.keptOffByKeys(
                        "Stateless: insert",
                        at -> sessions.fromStatelessTransaction(session -> session.insert(
                                Ticket.of(at.number() == 1 ? JpaReads.fresh() : at.uuid(), "inserted")))));
    }

    private Operation of(String name, BiFunction<StatelessSession, Target, @Nullable Object> body) {
        return Operation.of(
                "Stateless: " + name, at -> sessions.fromStatelessTransaction(session -> body.apply(session, at)));
    }
}
