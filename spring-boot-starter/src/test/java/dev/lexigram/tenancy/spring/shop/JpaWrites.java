package dev.lexigram.tenancy.spring.shop;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What an EntityManager writes. */
@Component
class JpaWrites implements Operation.Source {

    private final EntityManager em;
    private final TransactionTemplate transaction;

    JpaWrites(EntityManager em, TransactionTemplate transaction) {
        this.em = em;
        this.transaction = transaction;
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                write(
                        "change after find",
                        at -> em.find(Product.class, at.number()).setName("renamed")),
                write(
                        "change through a reference",
                        at -> em.getReference(Product.class, at.number()).setName("renamed")),
                write(
                        "increment the version",
                        at -> em.find(Product.class, at.number(), LockModeType.OPTIMISTIC_FORCE_INCREMENT)),
                write(
                        "increment the version at once",
                        at -> em.find(Product.class, at.number(), LockModeType.PESSIMISTIC_FORCE_INCREMENT)),
                write("remove", at -> em.remove(em.find(Ticket.class, at.uuid()))),
                write("remove a reference", at -> em.remove(em.getReference(Ticket.class, at.uuid()))),
                write("merge what is detached", at -> em.merge(Product.detached(at.number(), "merged"))),
                write("merge an assigned id", at -> em.merge(Ticket.of(at.uuid(), "merged"))),
                bulk("HQL update", "update Product p set p.name = 'renamed' where p.id = :it", Target::number),
                bulk(
                        "HQL update of versions",
                        "update versioned Product p set p.name = 'x' where p.id = :it",
                        at -> at.number()),
                bulk(
                        "HQL update of the second table",
                        "update Product p set p.description = 'x' where p.id = :it",
                        at -> at.number()),
                bulk("HQL delete", "delete from Ticket t where t.id = :it", Target::uuid),
                bulk(
                        "HQL update of a joined subclass",
                        "update CardPayment c set c.card = 'x', c.name = 'x'" + " where c.id = :it",
                        Target::uuid),
                bulk("HQL delete of a joined subclass", "delete from CardPayment c where c.id = :it", Target::uuid),
                bulk("HQL delete in one table", "delete from Car c where c.id = :it", Target::number),
                bulk("HQL delete with its collections", "delete from Product p where p.id = :it", Target::number),
                bulk(
                        "HQL insert from a query",
                        "insert into Ticket (id, name, state, labels, details)"
                                + " select cast('" + JpaReads.fresh()
                                + "' as uuid), t.name, t.state, t.labels, t.details"
                                + " from Ticket t where t.id = :it",
                        Target::uuid),
                write("criteria update", this::criteriaUpdate),
                write("criteria delete", this::criteriaDelete),
                sql("native update", "update product set name = 'renamed' where id = ?1", Target::number),
                sql("native delete", "delete from ticket where id = ?1", Target::uuid),
                sql(
                        "native upsert",
                        "insert into ticket (id, name) values (?1, 'x') on conflict (id)"
                                + " do update set name = 'renamed'",
                        Target::uuid),
                write(
                        "secondary table",
                        at -> em.find(Product.class, at.number()).setDescription("changed")),
                write(
                        "clear an element collection",
                        at -> em.find(Product.class, at.number()).getTags().clear()),
                keys(
                        "add to an element collection",
                        at -> em.getReference(Product.class, at.number())
                                .getTags()
                                .add("more")),
                keys(
                        "link many-to-many",
                        at -> em.find(Product.class, 1L)
                                .getCategories()
                                .add(at.number() == 1 ? added() : em.getReference(Category.class, at.number()))),
                write(
                        "unlink many-to-many",
                        at -> em.find(Product.class, at.number())
                                .getCategories()
                                .clear()),
                keys(
                        "add to a one-to-many",
                        at -> em.persist(PurchaseLine.of(em.getReference(Purchase.class, at.number()), "more"))),
                write(
                        "remove orphans",
                        at -> em.find(Purchase.class, at.number()).getLines().clear()),
                write("cascade a removal", at -> em.remove(em.find(Purchase.class, at.number()))),
                write("change an embedded id's entity", at -> em.find(Quote.class, at.quote()).name = "renamed"),
                write("change JSON", at -> em.find(Ticket.class, at.uuid()).details = Map.of("changed", "yes")));
    }

    private Operation write(String name, Consumer<Target> body) {
        return Operation.of("JPA: " + name, at -> {
            transaction.executeWithoutResult(status -> body.accept(at));
            return null;
        });
    }

    private Operation keys(String name, Consumer<Target> body) {
        return Operation.keptOffByKeys(
                write(name, body).name(), write(name, body).body());
    }

    private Operation bulk(String name, String query, Function<Target, Object> id) {
        return write(
                name,
                at -> em.createQuery(query).setParameter("it", id.apply(at)).executeUpdate());
    }

    private Operation sql(String name, String query, Function<Target, Object> id) {
        return write(
                name,
                at -> em.createNativeQuery(query).setParameter(1, id.apply(at)).executeUpdate());
    }

    private Category added() {
        var category = new Category();
        category.name = "another";
        em.persist(category);
        return category;
    }

    private void criteriaUpdate(Target at) {
        var builder = em.getCriteriaBuilder();
        var update = builder.createCriteriaUpdate(Product.class);
        update.set("name", "renamed")
                .where(builder.equal(update.from(Product.class).get("id"), at.number()));
        em.createQuery(update).executeUpdate();
    }

    private void criteriaDelete(Target at) {
        var builder = em.getCriteriaBuilder();
        var delete = builder.createCriteriaDelete(Ticket.class);
        delete.where(builder.equal(delete.from(Ticket.class).get("id"), at.uuid()));
        em.createQuery(delete).executeUpdate();
    }
}
