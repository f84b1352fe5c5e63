package dev.lexigram.tenancy.spring.shop;

import static dev.lexigram.tenancy.spring.shop.BothBinders.as;
import static dev.lexigram.tenancy.spring.shop.Shop.ACME;
import static dev.lexigram.tenancy.spring.shop.Shop.GLOBEX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Callbacks of transactions: they run as the transaction's tenant or see nothing. */
@TenancyTest
class AftermathTest {

    private static final String OWN = " acme [acme-product]";

    private static BothBinders shops;

    @BeforeAll
    static void open(TestDatabase database) {
        shops = BothBinders.open(database, Publisher.class);
    }

    @AfterAll
    static void close() throws Exception {
        shops.close();
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
