package dev.lexigram.tenancy.spring.shop;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Example;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Window;
import org.springframework.data.jpa.domain.Specification;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What repositories of Spring Data do. */
@Component
class SpringDataOperations implements Operation.Source {

    private static final PageRequest FIRST = PageRequest.of(0, 1);

    private final Products products;
    private final Tickets tickets;
    private final Labels labels;
    private final TransactionTemplate transaction;

    SpringDataOperations(Products products, Tickets tickets, Labels labels, TransactionTemplate transaction) {
        this.products = products;
        this.tickets = tickets;
        this.labels = labels;
        this.transaction = transaction;
    }

    @Override
    public List<Operation> operations() {
        return Stream.of(jpaReads(), jpaWrites(), jdbc()).flatMap(List::stream).toList();
    }

    private List<Operation> jpaReads() {
        return List.of(
                jpa("findById", at -> name(products.findById(at.number()))),
                jpa("existsById", at -> products.existsById(at.number()) ? at.tenant() : ""),
                jpa("findAllById", at -> names(products.findAllById(List.of(at.number(), 1L)))),
                jpa("findAll", at -> names(products.findAll())),
                jpa(
                        "getReferenceById",
                        at -> products.getReferenceById(at.number()).getName()),
                jpa("derived", at -> names(products.findByNameContaining(at.tenant()))),
                jpa("derived count", at -> products.countByName(at.tenant() + "-product") == 0 ? "" : at.tenant()),
                jpa("derived exists", at -> products.existsByName(at.tenant() + "-product") ? at.tenant() : ""),
                jpa("specification", at -> names(products.findAll(withId(at)))),
                jpa("by example", at -> {
                    var probe = new Product();
                    probe.name = at.tenant() + "-product";
                    return names(products.findAll(Example.of(probe)));
                }),
                jpa("page and its total", at -> {
                    var page = products.findByIdIn(List.of(at.number(), 1L, 2L), FIRST);
                    return names(page) + (page.getTotalElements() == 1 ? "" : "globex is counted");
                }),
                jpa("slice", at -> {
                    var slice = products.findSliceByIdIn(List.of(1L, 2L), FIRST);
                    return names(slice) + (slice.hasNext() ? "globex follows" : "");
                }),
                jpa(
                        "scroll",
                        at -> names(products.<Product, Window<Product>>findBy(
                                withId(at), query -> query.limit(5).scroll(ScrollPosition.offset())))),
                jpa(
                        "stream",
                        at -> names(products.streamByIdIn(List.of(at.number())).toList())),
                jpa(
                        "entity graph",
                        at -> products.findWithTagsById(at.number())
                                .map(product -> product.getTags().toString())
                                .orElse("")),
                jpa(
                        "projection",
                        at -> products.findNamesById(at.number()).stream()
                                .map(Products.NameOnly::getName)
                                .toList()),
                jpa("native", at -> products.nativelyById(at.number())));
    }

    private List<Operation> jpaWrites() {
        return List.of(
                jpa("save with an id", at -> name(Optional.of(products.save(Product.detached(at.number(), "saved"))))),
                jpa("save an assigned id", at -> tickets.saveAndFlush(Ticket.of(at.uuid(), "saved"))),
                jpa("deleteById", at -> done(() -> tickets.deleteById(at.uuid()))),
                jpa("delete", at -> done(() -> tickets.delete(Ticket.of(at.uuid(), "")))),
                jpa("deleteAllInBatch", at -> done(() -> tickets.deleteAllInBatch(List.of(Ticket.of(at.uuid(), ""))))),
                jpa("deleteAllByIdInBatch", at -> done(() -> tickets.deleteAllByIdInBatch(List.of(at.uuid())))),
                jpa("deleteAllInBatch of all", at -> done(() -> tickets.deleteAllInBatch())),
                jpa("derived delete", at -> tickets.deleteByName(at.tenant() + "-ticket")),
                jpa("modifying query", at -> products.rename(at.number())),
                jpa("modifying native query", at -> products.renameNatively(at.number())));
    }

    private List<Operation> jdbc() {
        return List.of(
                jdbc("findById", at -> labels.findById(at.number())),
                jdbc("existsById", at -> labels.existsById(at.number()) ? at.tenant() : ""),
                jdbc("findAll", at -> labels.findAll()),
                jdbc("page and its total", at -> {
                    var page = labels.findAll(FIRST);
                    return page.getContent() + (page.getTotalElements() == 1 ? "" : "globex is counted");
                }),
                jdbc("derived", at -> labels.findByNameContaining(at.tenant())),
                jdbc("query", at -> labels.namesOf(at.number())),
                jdbc("modifying query", at -> labels.rename(at.number())),
                jdbc("save with an id", at -> labels.save(new Label(at.number(), "saved"))),
                jdbc("deleteById", at -> done(() -> labels.deleteById(at.number()))),
                jdbc("deleteAllById", at -> done(() -> labels.deleteAllById(List.of(at.number())))),
                jdbc("deleteAll", at -> done(labels::deleteAll)));
    }

    private Operation jpa(String name, Function<Target, @Nullable Object> body) {
        return Operation.of("Spring Data JPA: " + name, at -> transaction.execute(status -> body.apply(at)));
    }

    private static Operation jdbc(String name, Function<Target, @Nullable Object> body) {
        return Operation.of("Spring Data JDBC: " + name, body::apply);
    }

    private static Specification<Product> withId(Target at) {
        return (product, query, builder) -> builder.equal(product.get("id"), at.number());
    }

    private static @Nullable Object done(Runnable work) {
        work.run();
        return null;
    }

    private static String name(Optional<Product> product) {
        return product.map(Product::getName).orElse("");
    }

    private static String names(Iterable<Product> products) {
        var names = new StringBuilder();
        products.forEach(product -> names.append(product.getName()).append(' '));
        return names.toString();
    }
}
