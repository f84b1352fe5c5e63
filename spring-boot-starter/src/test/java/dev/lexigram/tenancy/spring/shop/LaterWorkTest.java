package dev.lexigram.tenancy.spring.shop;

import static dev.lexigram.tenancy.spring.shop.BothBinders.as;
import static dev.lexigram.tenancy.spring.shop.Shop.ACME;
import static dev.lexigram.tenancy.spring.shop.Shop.GLOBEX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.tenant.TenantRequiredException;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import jakarta.persistence.EntityManagerFactory;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Work outside requests and after transactions: jobs, asynchronous calls, callbacks; on pooled and on virtual threads. */
@TenancyTest
class LaterWorkTest {

    private static final String OWN = " acme [acme-product]";
    private static final List<String> ALL_JOBS =
            List.of("jdbc", "jpa", "jpa in a transaction", "insert", "acme", "globex", "afterwards");

    private static BothBinders shops;

    @BeforeAll
    static void open(TestDatabase database) {
        shops = BothBinders.open(database, Jobs.class, Publisher.class);
    }

    @AfterAll
    static void close() throws Exception {
        shops.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"driver", "plain"})
    void I_10a_a_job_without_a_tenant_is_told_that_it_needs_one(String binder) {
        var results = awaited(shops.of(binder).bean(Jobs.class));

        for (var job : List.of("jdbc", "jpa", "jpa in a transaction", "insert")) {
            assertThat(results.get(job))
                    .as(job)
                    .isInstanceOfSatisfying(
                            TenantRequiredException.class,
                            failure -> assertThat(failure)
                                    .hasMessageContaining("TenantContext.callAs")
                                    .hasRootCauseInstanceOf(SQLException.class));
        }
        assertThat(results.get("acme")).isEqualTo("[acme-product][acme-product]");
        assertThat(results.get("globex")).isEqualTo("[globex-product][globex-product]");
        assertThat(results.get("afterwards").toString()).startsWith("Optional.empty");
        assertThat(results.get("afterwards").toString().contains("VirtualThread"))
                .isEqualTo(BothBinders.isVirtual(binder));
    }

    @ParameterizedTest
    @ValueSource(strings = {"driver", "plain"})
    void I_10a_every_way_to_the_database_tells_the_same(String binder) {
        var shop = shops.of(binder);
        var sessions = shop.bean(EntityManagerFactory.class).unwrap(SessionFactory.class);

        for (Supplier<?> access : List.<Supplier<?>>of(
                () -> shop.bean(Products.class).findAll(),
                () -> shop.bean(Products.class).save(new Product()),
                () -> shop.bean(Tickets.class).saveAndFlush(new Ticket()),
                () -> shop.bean(Labels.class).findAll(),
                () -> shop.bean(Labels.class).count(),
                () -> sessions.fromStatelessTransaction(session ->
                        session.createQuery("from Product", Product.class).list()),
                () -> sessions.fromTransaction(session -> session.find(Product.class, 1L)),
                () -> shop.bean(JdbcTemplate.class).batchUpdate("delete from label", "delete from ticket"))) {
            assertThat(catchThrowable(access::get)).isInstanceOf(TenantRequiredException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"driver", "plain"})
    void other_failures_are_told_as_ever(String binder) {
        var shop = shops.of(binder);
        var jdbc = shop.bean(JdbcTemplate.class);

        assertThat(catchThrowable(() -> as(ACME, () -> jdbc.update("insert into label (id, name) values (1, 'x')"))))
                .isInstanceOf(DuplicateKeyException.class);
        assertThat(catchThrowable(() -> as(ACME, () -> jdbc.update("not sql"))))
                .isInstanceOf(BadSqlGrammarException.class);
        var plain = new JdbcTemplate(shop.bean(DataSource.class));
        assertThat(catchThrowable(() -> plain.update("delete from label"))) // what nobody translates
                .isInstanceOf(BadSqlGrammarException.class)
                .hasStackTraceContaining("tenant not bound");
    }

    @ParameterizedTest
    @ValueSource(strings = {"driver", "plain"})
    void CX_05_CX_07_asynchronous_work_sees_the_rows_of_whoever_has_asked(String binder) throws Exception {
        var jobs = shops.of(binder).bean(Jobs.class);

        for (var turn = 0; turn < 10; turn++) {
            var ofAcme = as(ACME, jobs::later);
            var ofGlobex = as(GLOBEX, jobs::later);
            assertThat(ofAcme.get()).startsWith("[acme-product][acme-product]");
            assertThat(ofGlobex.get()).startsWith("[globex-product][globex-product]");
            assertThat(ofGlobex.get().contains("VirtualThread")).isEqualTo(BothBinders.isVirtual(binder));
        }
        assertThat(catchThrowable(() -> TenantContext.callWithout(jobs::later).get()))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(TenantRequiredException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"driver", "plain"})
    void CX_11_listeners_of_a_transaction_see_the_rows_of_its_tenant(String binder) throws InterruptedException {
        var shop = shops.of(binder);
        var aftermath = shop.bean(Aftermath.class);

        as(ACME, () -> sell(shop));
        var seen = List.of(aftermath.next(), aftermath.next(), aftermath.next(), aftermath.next(), aftermath.next());

        assertThat(seen)
                .containsExactlyInAnyOrder(
                        "before commit" + OWN,
                        "after commit" + OWN,
                        "after completion" + OWN,
                        "new transaction" + OWN,
                        "another thread" + OWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"driver", "plain"})
    void CX_11_a_callback_that_runs_once_the_tenant_is_gone_gets_an_error_and_no_rows(String binder)
            throws InterruptedException {
        var shop = shops.of(binder);
        var aftermath = shop.bean(Aftermath.class);

        var refused = catchThrowable(() -> TenantContext.runWithout(() -> complete(shop, aftermath)));

        assertThat(refused).hasStackTraceContaining("was used without a tenant");
        assertThat(aftermath.next()).startsWith("completed none ").doesNotContain("product");
    }

    @ParameterizedTest
    @ValueSource(strings = {"driver", "plain"})
    void CX_11_a_callback_that_another_tenant_brings_about_sees_nothing_of_the_first(String binder)
            throws InterruptedException {
        var shop = shops.of(binder);
        var aftermath = shop.bean(Aftermath.class);

        var refused = catchThrowable(() -> TenantContext.runAs(GLOBEX, () -> complete(shop, aftermath)));

        assertThat(refused).hasStackTraceContaining("was used under tenant 'globex'");
        assertThat(aftermath.next()).startsWith("completed globex ").doesNotContain("acme-product");
        assertThat(shops.tables().contents().own()).doesNotContain("unfinished");
    }

    /** What the jobs have seen since the tables were filled. */
    private static Map<String, Object> awaited(Jobs jobs) {
        jobs.results().clear();
        var deadline = System.nanoTime() + 20_000_000_000L;
        while (!jobs.results().keySet().containsAll(ALL_JOBS)) {
            assertThat(System.nanoTime()).as("the time until the jobs have run").isLessThan(deadline);
            Thread.onSpinWait();
        }
        return jobs.results();
    }

    /** Begins a transaction of acme with a callback, and commits it as whoever is current. */
    private static void complete(Shop shop, Aftermath aftermath) {
        var manager = shop.bean(PlatformTransactionManager.class);
        var open = as(ACME, () -> {
            var begun = manager.getTransaction(TransactionDefinition.withDefaults());
            shop.bean(Names.class).add("unfinished");
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

                @Override
                public void afterCompletion(int status) {
                    aftermath.note("completed");
                }
            });
            return begun;
        });
        manager.commit(open);
    }

    private static String sell(Shop shop) {
        return shop.bean(TransactionTemplate.class).execute(status -> {
            shop.bean(Publisher.class).events().publishEvent(new Aftermath.Sold("somebody"));
            return "";
        });
    }

    /** Gives the publisher to the tests. */
    record Publisher(ApplicationEventPublisher events) {}
}
