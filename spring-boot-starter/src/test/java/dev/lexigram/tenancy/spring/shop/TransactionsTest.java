package dev.lexigram.tenancy.spring.shop;

import static dev.lexigram.tenancy.spring.shop.BothBinders.as;
import static dev.lexigram.tenancy.spring.shop.Shop.ACME;
import static dev.lexigram.tenancy.spring.shop.Shop.GLOBEX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.tenant.TenantException;
import dev.lexigram.tenancy.tenant.TenantMismatchException;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionTimedOutException;
import org.springframework.transaction.support.TransactionTemplate;

/** Every kind of transaction, and what becomes of it when the tenant changes meanwhile. */
@TenancyTest
class TransactionsTest {

    private static final String OWN = "[acme-product][acme-product]";
    private static final String OTHER = "[globex-product][globex-product]";

    private static BothBinders shops;

    @BeforeAll
    static void open(TestDatabase database) {
        shops = BothBinders.open(database);
    }

    @AfterAll
    static void close() throws Exception {
        shops.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"driver", "plain"})
    void every_propagation_and_isolation_stays_within_the_tenant(String binder) {
        var shop = shops.of(binder);
        var names = shop.bean(Names.class);
        var outer = shop.bean(TransactionTemplate.class);

        Propagations.of(shop.bean(Propagations.class)).forEach((name, transaction) -> {
            Supplier<String> alone = () -> transaction.apply(names::both);
            Supplier<String> inside = () -> outer.execute(status -> names.both() + transaction.apply(names::both));
            if (name.equals("mandatory")) {
                assertThatThrownBy(() -> as(ACME, alone)).isInstanceOf(IllegalTransactionStateException.class);
            } else {
                assertThat(as(ACME, alone)).as(name).isEqualTo(OWN);
                assertThat(as(GLOBEX, alone)).as(name).isEqualTo(OTHER);
            }
            if (name.equals("never")) {
                assertThatThrownBy(() -> as(ACME, inside)).isInstanceOf(IllegalTransactionStateException.class);
            } else {
                assertThat(as(ACME, inside)).as(name).isEqualTo(OWN + OWN);
                assertThat(as(GLOBEX, inside)).as(name).isEqualTo(OTHER + OTHER);
            }
        });

        shops.tables().protect(false);
        assertThat(as(ACME, names::both)).contains("globex");
        shops.tables().protect(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"driver", "plain"})
    void I_7_another_tenant_inside_an_open_transaction_gets_an_error_and_no_rows(String binder) {
        var shop = shops.of(binder);
        var names = shop.bean(Names.class);
        var propagations = shop.bean(Propagations.class);

        var accesses = List.<Supplier<String>>of(
                names::byJpa,
                names::byJdbc,
                () -> names(shop.bean(EntityManager.class).find(Product.class, 2L)));
        for (var access : accesses) {
            var refused = catchThrowable(() -> as(
                    ACME,
                    () -> propagations.required(() -> {
                        names.add("before");
                        return names.both() + as(GLOBEX, access);
                    })));

            assertThat(TenantException.causeOf(refused)).get().isInstanceOf(TenantMismatchException.class);
            assertThat(shops.tables().contents().own()).doesNotContain("before");
            assertThat(as(GLOBEX, names::both)).isEqualTo(OTHER);
            assertThat(as(ACME, names::both)).isEqualTo(OWN);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"driver", "plain"})
    void CA_09_what_a_transaction_has_in_its_memory_is_refused_to_another_tenant(String binder) {
        var shop = shops.of(binder);
        var before = shops.tables().contents();

        var refused = catchThrowable(() -> SessionMemory.changeAsGlobexWhatAcmeHasLoaded(shop));

        assertThat(TenantException.causeOf(refused)).get().isInstanceOf(TenantMismatchException.class);
        assertThat(shops.tables().contents()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"driver", "plain"})
    void another_tenant_in_a_transaction_of_its_own_is_legal(String binder) {
        var shop = shops.of(binder);
        var names = shop.bean(Names.class);
        var propagations = shop.bean(Propagations.class);

        var seen = as(
                ACME,
                () -> propagations.required(() -> {
                    names.add("outer");
                    var inner = as(
                            GLOBEX,
                            () -> propagations.requiresNew(() -> {
                                names.add("inner");
                                return names.both();
                            }));
                    var suspended = as(GLOBEX, () -> propagations.notSupported(names::both));
                    return inner + suspended + names.both();
                }));

        assertThat(seen).isEqualTo(OTHER + OTHER + OWN);
        assertThat(shops.tables().contents().own()).contains("outer").doesNotContain("inner");
        assertThat(shops.tables().contents().foreign()).contains("inner").doesNotContain("outer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"driver", "plain"})
    void a_transaction_that_the_tenant_has_left_cannot_be_committed(String binder) {
        var shop = shops.of(binder);
        var managers = List.of(
                shop.bean(PlatformTransactionManager.class), new JdbcTransactionManager(shop.bean(DataSource.class)));

        for (var manager : managers) {
            for (var works : new boolean[] {true, false}) {
                var open = as(ACME, () -> manager.getTransaction(TransactionDefinition.withDefaults()));
                if (works) {
                    as(ACME, () -> {
                        shop.bean(Names.class).add("unfinished");
                        return "";
                    });
                }

                var refused = catchThrowable(() -> TenantContext.runAs(GLOBEX, () -> manager.commit(open)));

                assertThat(refused).as(manager + " " + works).isNotNull();
                assertThat(TenantException.causeOf(refused)).get().isInstanceOf(TenantMismatchException.class);
            }
        }
        assertThat(shops.tables().contents().own()).doesNotContain("unfinished");
        assertThat(as(GLOBEX, shop.bean(Names.class)::both)).isEqualTo(OTHER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"driver", "plain"})
    void what_is_rolled_back_to_a_savepoint_leaves_the_rest_bound(String binder) {
        var shop = shops.of(binder);
        var names = shop.bean(Names.class);
        var outer = new TransactionTemplate(new JdbcTransactionManager(shop.bean(DataSource.class)));
        var nested = new TransactionTemplate(outer.getTransactionManager());
        nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);

        var seen = as(
                ACME,
                () -> outer.execute(status -> {
                    names.add("kept");
                    nested.executeWithoutResult(savepoint -> {
                        names.add("undone");
                        savepoint.setRollbackOnly();
                    });
                    names.add("kept as well");
                    return names.byJdbc();
                }));

        assertThat(seen).isEqualTo("[acme-product]");
        assertThat(shops.tables().contents().own())
                .contains("kept", "kept as well")
                .doesNotContain("undone");
        assertThat(shops.tables().contents().foreign()).doesNotContain("kept");
    }

    @ParameterizedTest
    @ValueSource(strings = {"driver", "plain"})
    void rules_of_rollback_hold(String binder) {
        var shop = shops.of(binder);
        var names = shop.bean(Names.class);
        var propagations = shop.bean(Propagations.class);

        var undone = catchThrowable(() -> as(
                ACME,
                () -> propagations.required(() -> {
                    names.add("undone");
                    throw new UnsupportedOperationException();
                })));
        var kept = catchThrowable(() -> as(
                ACME,
                () -> propagations.keepingWhatWasDone(() -> {
                    names.add("kept");
                    throw new UnsupportedOperationException();
                })));

        assertThat(undone).isInstanceOf(UnsupportedOperationException.class);
        assertThat(kept).isInstanceOf(UnsupportedOperationException.class);
        assertThat(shops.tables().contents().own()).contains("kept").doesNotContain("undone");
    }

    @ParameterizedTest
    @ValueSource(strings = {"driver", "plain"})
    void a_transaction_out_of_time_leaves_the_pool_usable_by_others(String binder) {
        var shop = shops.of(binder);
        var names = shop.bean(Names.class);
        var jdbc = shop.bean(JdbcClient.class);

        var late = catchThrowable(() -> as(
                ACME,
                () -> shop.bean(Propagations.class).withTimeout(() -> {
                    names.add("late");
                    return jdbc.sql("select pg_sleep(20)::text")
                            .query(String.class)
                            .single();
                })));

        assertThat(late).isInstanceOfAny(TransactionTimedOutException.class, DataAccessException.class);
        assertThat(shops.tables().contents().own()).doesNotContain("late");
        for (var turn = 0; turn < 6; turn++) {
            assertThat(as(GLOBEX, names::both)).isEqualTo(OTHER);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"driver", "plain"})
    void a_read_only_transaction_refuses_to_write_and_passes_on_nothing(String binder) {
        var shop = shops.of(binder);
        var names = shop.bean(Names.class);

        var refused = catchThrowable(() -> as(
                ACME,
                () -> shop.bean(Propagations.class).readOnly(() -> {
                    names.add("written");
                    return "";
                })));

        assertThat(refused).hasStackTraceContaining("read-only transaction");
        for (var turn = 0; turn < 6; turn++) {
            as(GLOBEX, () -> {
                names.add("by globex");
                return "";
            });
        }
        assertThat(shops.tables().contents().own()).doesNotContain("written");
        assertThat(shops.tables().contents().foreign()).contains("by globex");
    }

    private static String names(@Nullable Product product) {
        return product == null ? "" : product.getName();
    }
}
