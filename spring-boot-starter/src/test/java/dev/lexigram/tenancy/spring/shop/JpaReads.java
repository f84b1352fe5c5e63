package dev.lexigram.tenancy.spring.shop;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What an EntityManager reads. */
@Component
class JpaReads implements Operation.Source {

    private final EntityManager em;
    private final TransactionTemplate transaction;

    JpaReads(EntityManager em, TransactionTemplate transaction) {
        this.em = em;
        this.transaction = transaction;
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                read("find", at -> em.find(Product.class, at.number()).getName()),
                read("find and lock for update", at -> locked(at, LockModeType.PESSIMISTIC_WRITE)),
                read("find and lock for share", at -> locked(at, LockModeType.PESSIMISTIC_READ)),
                read("find and check the version", at -> locked(at, LockModeType.OPTIMISTIC)),
                read(
                        "getReference",
                        at -> em.getReference(Product.class, at.number()).getName()),
                read("refresh", at -> {
                    var product = em.getReference(Product.class, at.number());
                    em.refresh(product);
                    return product.getName();
                }),
                read(
                        "several by id",
                        at -> em.unwrap(Session.class).findMultiple(Product.class, List.of(at.number(), 77L)).stream()
                                .map(product -> product == null ? "" : product.getName())
                                .toList()),
                read("JPQL by id", at -> text("select p.name from Product p where p.id = :it", at.number())),
                read(
                        "JPQL of all",
                        at -> em.createQuery("select p.name from Product p", String.class)
                                .getResultList()),
                read("JPQL aggregate", at -> text("select max(p.name) from Product p where p.id = :it", at.number())),
                read(
                        "JPQL stream",
                        at -> em.createQuery("select p.name from Product p", String.class)
                                .setHint("org.hibernate.fetchSize", 1)
                                .getResultStream()
                                .toList()),
                read(
                        "JPQL exists",
                        at -> text(
                                        "select 'own' from Product p where p.id = :it and exists (select 1 from p.tags)"
                                                + " and p.name like 'acme%' or p.id = :it and p.name like 'globex%'",
                                        at.number())
                                .stream()
                                .map(seen -> at.tenant() + " exists")
                                .toList()),
                read("criteria", this::byCriteria),
                read(
                        "native SQL",
                        at -> em.createNativeQuery("select name from product where id = ?1")
                                .setParameter(1, at.number())
                                .getResultList()),
                read(
                        "secondary table",
                        at -> em.find(Product.class, at.number()).getDescription()),
                read(
                        "element collection",
                        at -> em.getReference(Product.class, at.number())
                                .getTags()
                                .toString()),
                read(
                        "element collection by join",
                        at -> text("select t from Product p join p.tags t where p.id = :it", at.number())),
                read(
                        "many-to-many",
                        at -> em.getReference(Product.class, at.number()).getCategories().stream()
                                .map(Category::getName)
                                .toList()),
                read(
                        "one-to-many",
                        at -> em.getReference(Purchase.class, at.number()).getLines().stream()
                                .map(PurchaseLine::getName)
                                .toList()),
                read(
                        "fetch join",
                        at -> text("select l.name from Purchase p join p.lines l where p.id = :it", at.number())),
                read(
                        "joined inheritance",
                        at -> em.find(Payment.class, at.uuid()).getName()),
                read("a joined subclass", at -> text("select c.card from CardPayment c where c.id = :it", at.uuid())),
                read(
                        "single-table inheritance",
                        at -> em.find(Vehicle.class, at.number()).getName()),
                read("a subclass of one table", at -> text("select c.name from Car c where c.id = :it", at.number())),
                read("embedded id", at -> em.find(Quote.class, at.quote()).getName()),
                read("formula", at -> text("select p.allTags from Product p where p.id = :it", at.number())),
                read(
                        "subselect",
                        at -> em.find(ProductSummary.class, at.number()).getName()),
                read("enum, JSON and array", this::ticket),
                read(
                        "stored procedure query",
                        at -> em.createNativeQuery("select product_name(?1)")
                                .setParameter(1, at.number())
                                .getSingleResult()));
    }

    private Operation read(String name, Operation.Body body) {
        return Operation.of("JPA: " + name, at -> transaction.execute(status -> Unchecked.call(() -> body.on(at))));
    }

    private List<String> text(String query, Object parameter) {
        return em.createQuery(query, String.class).setParameter("it", parameter).getResultList();
    }

    private String locked(Target at, LockModeType lock) {
        return em.find(Product.class, at.number(), lock).getName();
    }

    private Object byCriteria(Target at) {
        var builder = em.getCriteriaBuilder();
        var query = builder.createQuery(String.class);
        var product = query.from(Product.class);
        query.select(product.get("name")).where(builder.equal(product.get("id"), at.number()));
        return em.createQuery(query).getResultList();
    }

    private Object ticket(Target at) {
        return em.createQuery("from Ticket t where t.id = :id and t.state = :state", Ticket.class)
                .setParameter("id", at.uuid())
                .setParameter("state", TicketState.OPEN)
                .getResultStream()
                .map(ticket -> ticket.getName() + List.of(ticket.labels) + ticket.details)
                .toList();
    }

    static UUID fresh() {
        return UUID.randomUUID();
    }
}
