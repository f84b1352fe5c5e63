package dev.lexigram.tenancy.spring.shop;

import static dev.lexigram.tenancy.spring.shop.BothBinders.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.spring.PartsOf;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Work outside requests: jobs and asynchronous calls, on pooled and on virtual threads. */
@TenancyTest
class JobsTest {

    private static BothBinders shops;
    private static TestDatabase database;

    @BeforeAll
    static void open(TestDatabase testDatabase) {
        database = testDatabase;
        shops = BothBinders.open(database, Jobs.class);
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

        assertThat(catchThrowable(
                        () -> as(Shop.ACME, () -> jdbc.update("insert into label (id, name) values (1, 'x')"))))
                .isInstanceOf(DuplicateKeyException.class);
        assertThat(catchThrowable(() -> as(Shop.ACME, () -> jdbc.update("not sql"))))
                .isInstanceOf(BadSqlGrammarException.class);
        var plain = new JdbcTemplate(shop.bean(DataSource.class));
        assertThat(catchThrowable(() -> plain.update("delete from label"))) // what nobody translates
                .isInstanceOf(BadSqlGrammarException.class)
                .hasStackTraceContaining("tenant not bound");
    }

    @ParameterizedTest
    @ValueSource(strings = {"driver", "plain"})
    void CX_05_asynchronous_work_sees_the_rows_of_whoever_has_asked(String binder) throws Exception {
        var jobs = shops.of(binder).bean(Jobs.class);

        assertThat(as(Shop.ACME, jobs::later).get()).startsWith("[acme-product][acme-product]");
        assertThat(as(Shop.GLOBEX, jobs::later).get()).startsWith("[globex-product][globex-product]");
        assertThat(catchThrowable(() -> TenantContext.callWithout(jobs::later).get()))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(TenantRequiredException.class);
    }

    /** On Java 17 there are none, and Spring Boot takes pooled ones; both must be right. */
    @Test
    void CX_07_virtual_threads_carry_the_tenant_as_others_do() throws Exception {
        var virtual = Runtime.version().feature() >= 21;
        try (var shop = Shop.open(
                List.of(ShopApplication.class, Jobs.class),
                database,
                PartsOf.DATA,
                "spring.threads.virtual.enabled=true")) {
            shops.tables().refill();
            var jobs = shop.bean(Jobs.class);

            for (var turn = 0; turn < 20; turn++) {
                var ofAcme = as(Shop.ACME, jobs::later);
                var ofGlobex = as(Shop.GLOBEX, jobs::later);
                assertThat(ofAcme.get()).startsWith("[acme-product][acme-product]");
                assertThat(ofGlobex.get()).startsWith("[globex-product][globex-product]");
                assertThat(ofGlobex.get().contains("VirtualThread")).isEqualTo(virtual);
            }
            var results = awaited(jobs);
            assertThat(results.get("jpa")).isInstanceOf(TenantRequiredException.class);
            assertThat(results.get("globex")).isEqualTo("[globex-product][globex-product]");
            assertThat(results.get("afterwards").toString().contains("VirtualThread"))
                    .isEqualTo(virtual);
        }
    }

    /** What the jobs have seen since the tables were filled. */
    private static Map<String, Object> awaited(Jobs jobs) {
        jobs.results().clear();
        var deadline = System.nanoTime() + 20_000_000_000L;
        while (!jobs.results().keySet().containsAll(List.of("insert", "afterwards"))) {
            assertThat(System.nanoTime()).as("the time until the jobs have run").isLessThan(deadline);
            Thread.onSpinWait();
        }
        return jobs.results();
    }
}
