package dev.lexigram.tenancy.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.postgres.isolation.KeyVariant;
import dev.lexigram.tenancy.tenant.TenantException;
import dev.lexigram.tenancy.tenant.TenantMismatchException;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.function.Consumer;
import org.hibernate.ReplicationMode;
import org.hibernate.Session;
import org.hibernate.SessionCheckMode;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.query.SelectionQuery;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** A session that is still open when another tenant's work gets hold of it. */
@TenancyTest
class SessionOfAnotherTenantTest {

    /** Something done with a session that has loaded item 1. */
    record Use<S>(String name, Consumer<S> body) {

        @Override
        public String toString() {
            return name;
        }
    }

    /** What a session answers, or takes in, without asking the database. */
    static final List<Use<Session>> FROM_MEMORY = List.of(
            new Use<>("find", session -> session.find(PlainItem.class, Stock.BOTH)),
            new Use<>("get reference", session -> session.getReference(PlainItem.class, Stock.BOTH)),
            new Use<>("find several", session -> session.findMultiple(PlainItem.class, List.of(Stock.BOTH))),
            new Use<>(
                    "find by natural id",
                    session -> session.bySimpleNaturalId(PlainItem.class).load("S1")),
            new Use<>("collection", session -> held(session).getTags().size()),
            new Use<>("query of the cache", session -> names(session).getResultList()),
            new Use<>("find without a lock", session -> session.find(PlainItem.class, Stock.BOTH, LockModeType.NONE)),
            new Use<>("persist", session -> session.persist(fresh())),
            new Use<>("merge", session -> session.merge(changed())),
            new Use<>("merge of what is new", session -> session.merge(new Draft())),
            new Use<>("remove", session -> session.remove(held(session))),
            new Use<>("replicate", session -> session.replicate(fresh(), ReplicationMode.EXCEPTION)));

    /** What it asks the database for. */
    static final List<Use<Session>> FROM_DATABASE = List.of(
            new Use<>("find another", session -> session.find(PlainItem.class, Stock.OF_ACME)),
            new Use<>(
                    "find and lock",
                    session -> session.find(PlainItem.class, Stock.BOTH, LockModeType.PESSIMISTIC_WRITE)),
            new Use<>(
                    "query",
                    session -> session.createSelectionQuery("from PlainItem", PlainItem.class)
                            .getResultList()),
            new Use<>(
                    "native query",
                    session -> session.createNativeQuery("select name from item", String.class)
                            .getResultList()),
            new Use<>("flush of a change", session -> {
                held(session).setName("changed");
                session.flush();
            }),
            new Use<>("refresh", session -> session.refresh(held(session))),
            new Use<>("lock", session -> session.lock(held(session), LockModeType.PESSIMISTIC_READ)));

    /** What a session without a memory of its own does. */
    static final List<Use<StatelessSession>> STATELESS = List.of(
            new Use<>("get", session -> session.get(PlainItem.class, Stock.BOTH)),
            new Use<>("get several", session -> session.getMultiple(PlainItem.class, List.of(Stock.BOTH))),
            new Use<>(
                    "query of the cache",
                    session -> session.createSelectionQuery("select name from PlainItem", String.class)
                            .setCacheable(true)
                            .getResultList()),
            new Use<>("insert", session -> session.insert(fresh())),
            new Use<>("update", session -> session.update(changed())),
            new Use<>("upsert", session -> session.upsert(changed())),
            new Use<>("delete", session -> session.delete(changed())));

    private static Stock stock;
    private static SessionFactory tied;
    private static SessionFactory untied;

    private String before = "";

    @BeforeAll
    static void open(TestDatabase database) {
        stock = Stock.withPolicies(database, KeyVariant.TENANT_FIRST);
        tied = Stock.tied(stock.bound());
        untied = Stock.untied(stock.bound());
    }

    @AfterAll
    static void close() {
        tied.close();
        untied.close();
        stock.close();
    }

    @BeforeEach
    void reset() {
        stock.reset();
        Stock.emptyCaches(tied);
        Stock.emptyCaches(untied);
        before = stock.rowsOf(Stock.ACME) + stock.rowsOf(Stock.GLOBEX);
    }

    @ParameterizedTest
    @FieldSource({"FROM_MEMORY", "FROM_DATABASE"})
    void CA_09_is_refused(Use<Session> use) {
        try (var session = ofAcme(tied)) {
            assertThatThrownBy(() ->
                            TenantContext.runAs(Stock.GLOBEX, () -> use.body().accept(session)))
                    .satisfies(SessionOfAnotherTenantTest::isRefusal);
        }
        try (var session = ofAcme(tied)) {
            assertThatThrownBy(() -> use.body().accept(session)).satisfies(SessionOfAnotherTenantTest::isRefusal);
        }
        assertThat(stock.rowsOf(Stock.ACME) + stock.rowsOf(Stock.GLOBEX)).isEqualTo(before);
    }

    @ParameterizedTest
    @FieldSource({"FROM_MEMORY", "FROM_DATABASE"})
    void its_own_tenant_may(Use<Session> use) {
        TenantContext.runAs(Stock.ACME, () -> {
            try (var session = ofAcme(tied)) {
                assertThatCode(() -> use.body().accept(session)).doesNotThrowAnyException();
            }
        });
    }

    @ParameterizedTest
    @FieldSource("FROM_MEMORY")
    void CA_09_control_without_this_module_it_answers_from_memory(Use<Session> use) {
        try (var session = ofAcme(untied)) {
            TenantContext.runAs(
                    Stock.GLOBEX,
                    () -> assertThatCode(() -> use.body().accept(session)).doesNotThrowAnyException());
        }
    }

    @ParameterizedTest
    @FieldSource("STATELESS")
    void CA_09_is_refused_without_a_memory_of_its_own(Use<StatelessSession> use) {
        try (var session = statelessOfAcme(tied)) {
            assertThatThrownBy(() ->
                            TenantContext.runAs(Stock.GLOBEX, () -> use.body().accept(session)))
                    .satisfies(SessionOfAnotherTenantTest::isRefusal);
        }
        assertThat(stock.rowsOf(Stock.ACME) + stock.rowsOf(Stock.GLOBEX)).isEqualTo(before);
    }

    @Test
    void CA_09_a_session_that_holds_no_connection_is_not_given_one_of_another_tenant() {
        try (var session = TenantContext.callAs(Stock.ACME, tied::openSession)) {
            var query = session.createNativeQuery("select name from item", String.class);

            assertThatThrownBy(() -> TenantContext.runAs(Stock.GLOBEX, () -> query.getResultList()))
                    .satisfies(SessionOfAnotherTenantTest::isRefusal);
        }
    }

    @Test
    void CA_09_control_without_this_module_it_gets_the_rows_of_whoever_is_current() {
        try (var session = TenantContext.callAs(Stock.ACME, untied::openSession)) {
            var query = session.createNativeQuery("select name from item", String.class);

            TenantContext.runAs(
                    Stock.GLOBEX, () -> assertThat(query.getResultList()).containsOnly("globex 1", "globex 20"));
        }
    }

    /** Nobody is told of this, so nobody can refuse it: SECURITY.md says so. */
    @Test
    void what_a_session_is_told_to_take_from_its_memory_alone_is_not_refused() {
        try (var session = ofAcme(tied)) {
            var found = TenantContext.callAs(
                    Stock.GLOBEX,
                    () -> session.findMultiple(PlainItem.class, List.of(Stock.BOTH), SessionCheckMode.ENABLED));

            assertThat(found).extracting(Item::getName).containsExactly("acme 1");
        }
    }

    @Test
    void a_session_that_names_another_tenant_is_refused() {
        TenantContext.runAs(
                Stock.ACME, () -> tied.inSession(session -> names(session).getResultList()));

        TenantContext.runAs(Stock.GLOBEX, () -> {
            try (var session =
                    tied.withOptions().tenantIdentifier((Object) "acme").openSession()) {
                assertThatThrownBy(() -> names(session).getResultList())
                        .satisfies(SessionOfAnotherTenantTest::isRefusal);
                assertThatThrownBy(() -> session.find(PlainItem.class, Stock.BOTH))
                        .satisfies(SessionOfAnotherTenantTest::isRefusal);
            }
        });
    }

    @Test
    void a_transaction_may_be_rolled_back_under_whatever_tenant() {
        try (var session = ofAcme(tied)) {
            TenantContext.runAs(Stock.ACME, () -> {
                held(session).setName("changed");
                session.flush();
            });
            TenantContext.runAs(Stock.GLOBEX, () -> session.getTransaction().rollback());
        }

        assertThat(stock.rowsOf(Stock.ACME) + stock.rowsOf(Stock.GLOBEX)).isEqualTo(before);
        TenantContext.runAs(
                Stock.ACME,
                () -> tied.inTransaction(
                        session -> session.find(PlainItem.class, Stock.BOTH).setName("changed later")));
        assertThat(stock.rowsOf(Stock.ACME)).contains("changed later");
    }

    /** With item 1 in its memory and its tags not yet loaded, and with a reference to it. */
    private static Session ofAcme(SessionFactory factory) {
        return TenantContext.callAs(Stock.ACME, () -> {
            factory.inSession(session -> {
                names(session).getResultList();
                session.find(PlainItem.class, Stock.BOTH).getTags().size();
            });
            var session = factory.openSession();
            session.find(PlainItem.class, Stock.BOTH);
            session.bySimpleNaturalId(PlainItem.class).load("S1");
            session.beginTransaction();
            return session;
        });
    }

    private static StatelessSession statelessOfAcme(SessionFactory factory) {
        return TenantContext.callAs(Stock.ACME, () -> {
            factory.inStatelessSession(session -> {
                session.get(PlainItem.class, Stock.BOTH);
                session.createSelectionQuery("select name from PlainItem", String.class)
                        .setCacheable(true)
                        .getResultList();
            });
            return factory.openStatelessSession();
        });
    }

    private static SelectionQuery<String> names(Session session) {
        return session.createSelectionQuery("select name from PlainItem", String.class)
                .setCacheable(true);
    }

    /** What the session holds, as a caller that kept it has it. */
    private static PlainItem held(Session session) {
        return (PlainItem)
                session.getManagedEntities(PlainItem.class).iterator().next();
    }

    private static PlainItem fresh() {
        var item = new PlainItem();
        item.id = 77L;
        item.sku = "S77";
        item.name = "fresh";
        return item;
    }

    private static PlainItem changed() {
        var item = new PlainItem();
        item.id = Stock.BOTH;
        item.sku = "S1";
        item.name = "changed";
        return item;
    }

    /** Of the session itself, or of the connection that it holds. */
    private static void isRefusal(Throwable refused) {
        assertThat(TenantException.causeOf(refused))
                .get()
                .isInstanceOf(TenantMismatchException.class)
                .asString()
                .contains("under tenant 'acme' was used", "within one tenant");
    }
}
