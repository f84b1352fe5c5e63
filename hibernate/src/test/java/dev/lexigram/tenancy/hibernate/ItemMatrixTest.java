package dev.lexigram.tenancy.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.testkit.TenancyTest;
import java.util.List;
import java.util.stream.Stream;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every way to an item, with the caches full of what each tenant has loaded: its own is reached, and the other's is not
 * read and not changed.
 */
@TenancyTest
abstract class ItemMatrixTest {

    private static SessionFactory factory;
    private static Stock stock;

    static void open(Stock opened, SessionFactory built) {
        stock = opened;
        factory = built;
    }

    @AfterAll
    static void close() {
        factory.close();
        stock.close();
    }

    @BeforeEach
    void fillTheCaches() {
        stock.reset();
        Stock.emptyCaches(factory);
        TenantContext.runAs(Stock.ACME, () -> load(Stock.OF_ACME));
        TenantContext.runAs(Stock.GLOBEX, () -> load(Stock.OF_GLOBEX));
    }

    static Stock stock() {
        return stock;
    }

    static SessionFactory factory() {
        return factory;
    }

    /** Whether this operation on this entity stays within its tenant. */
    abstract boolean confines(ItemOperation operation, Class<? extends Item> type);

    static Stream<Arguments> cells() {
        return ItemOperation.ALL.stream()
                .flatMap(operation ->
                        Stream.of(PlainItem.class, MarkedItem.class).map(type -> Arguments.of(operation, type)));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void RL_20_its_own_item_is_reached(ItemOperation operation, Class<? extends Item> type) {
        var before = stock.rowsOf(Stock.ACME);

        var seen = TenantContext.callAs(Stock.ACME, () -> operation.body().on(factory, type, Stock.OF_ACME));

        if (operation.writes()) {
            assertThat(stock.rowsOf(Stock.ACME)).isNotEqualTo(before);
        } else {
            assertThat(String.valueOf(seen)).contains("acme 10");
        }
    }

    @ParameterizedTest
    @MethodSource("cells")
    void RL_20_the_item_of_another_is_out_of_reach(ItemOperation operation, Class<? extends Item> type) {
        var before = stock.rowsOf(Stock.GLOBEX);

        var seen = TenantContext.callAs(Stock.ACME, () -> attempt(operation, type));

        var untouched = !seen.contains("globex") && stock.rowsOf(Stock.GLOBEX).equals(before);
        assertThat(untouched).as("%s, %s, seen: %s", operation, type, seen).isEqualTo(confines(operation, type));
    }

    /** Whether it is refused or nothing is found is the same to whoever tries. */
    private static String attempt(ItemOperation operation, Class<? extends Item> type) {
        try {
            return String.valueOf(operation.body().on(factory, type, Stock.OF_GLOBEX));
        } catch (RuntimeException refused) {
            return "";
        }
    }

    private static void load(long id) {
        for (var type : List.of(PlainItem.class, MarkedItem.class)) {
            factory.inTransaction(session -> {
                var item = session.bySimpleNaturalId(type).load("S" + id);
                assertThat(item.getTags()).isNotEmpty();
                session.createSelectionQuery("from " + type.getSimpleName(), type)
                        .setCacheable(true)
                        .getResultList();
                session.createSelectionQuery(
                                "select name from " + type.getSimpleName() + " where id = :id", String.class)
                        .setParameter("id", id)
                        .setCacheable(true)
                        .getResultList();
            });
        }
    }
}
