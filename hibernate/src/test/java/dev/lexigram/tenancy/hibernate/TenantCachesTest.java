package dev.lexigram.tenancy.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.postgres.isolation.KeyVariant;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantException;
import dev.lexigram.tenancy.tenant.TenantRequiredException;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.util.List;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What Hibernate keeps beyond a session: an item of both tenants under the same id. */
@TenancyTest
class TenantCachesTest {

    /** A read that a cache can answer. */
    record CachedRead(String name, Body body) {

        interface Body {
            Object of(SessionFactory factory);
        }

        Object in(SessionFactory factory, Tenant tenant) {
            return TenantContext.callAs(tenant, () -> body.of(factory));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static final List<CachedRead> READS = List.of(
            new CachedRead(
                    "entity",
                    factory -> factory.fromSession(
                            session -> session.find(PlainItem.class, Stock.BOTH).getName())),
            new CachedRead(
                    "entity, stateless",
                    factory -> factory.fromStatelessSession(
                            session -> session.get(PlainItem.class, Stock.BOTH).getName())),
            new CachedRead(
                    "entities by id",
                    factory -> factory.fromSession(session -> session.findMultiple(PlainItem.class, List.of(Stock.BOTH))
                            .get(0)
                            .getName())),
            new CachedRead(
                    "collection",
                    factory -> factory.fromSession(session -> List.copyOf(
                            session.find(PlainItem.class, Stock.BOTH).getTags()))),
            new CachedRead(
                    "natural id",
                    factory -> factory.fromSession(session -> session.bySimpleNaturalId(PlainItem.class)
                            .load("S1")
                            .getName())),
            new CachedRead(
                    "query of values",
                    factory -> factory.fromSession(session -> session.createSelectionQuery(
                                    "select name from PlainItem where id = 1", String.class)
                            .setCacheable(true)
                            .getSingleResult())),
            new CachedRead(
                    "query of entities",
                    factory -> factory.fromSession(
                            session -> session.createSelectionQuery("from PlainItem where sku = :sku", PlainItem.class)
                                    .setParameter("sku", "S1")
                                    .setCacheable(true)
                                    .getSingleResult()
                                    .getName())),
            new CachedRead(
                    "query, stateless",
                    factory -> factory.fromStatelessSession(session -> session.createSelectionQuery(
                                    "select name from PlainItem where id = 1", String.class)
                            .setCacheable(true)
                            .getSingleResult())));

    private static Stock stock;
    private static SessionFactory tied;
    private static SessionFactory untied;

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
    }

    @ParameterizedTest
    @FieldSource("READS")
    void CA_09_the_same_key_gives_each_tenant_its_own(CachedRead read) {
        var first = read.in(tied, Stock.ACME);
        tied.getStatistics().clear();
        var again = read.in(tied, Stock.ACME);

        assertThat(tied.getStatistics().getPrepareStatementCount())
                .as("answered by the cache")
                .isZero();
        assertThat(List.of(first, again)).asString().contains("acme 1").doesNotContain("globex");
        assertThat(read.in(tied, Stock.GLOBEX)).asString().contains("globex 1").doesNotContain("acme");
        assertThat(read.in(tied, Stock.ACME)).isEqualTo(first);
    }

    @ParameterizedTest
    @FieldSource("READS")
    void CA_09_control_without_this_module_one_tenant_gets_what_another_has_loaded(CachedRead read) {
        read.in(untied, Stock.ACME);

        assertThat(read.in(untied, Stock.GLOBEX)).asString().contains("acme 1");
    }

    @ParameterizedTest
    @FieldSource("READS")
    void CA_09_nobody_is_given_what_a_tenant_has_loaded(CachedRead read) {
        read.in(tied, Stock.ACME);

        assertThatThrownBy(() -> read.body().of(tied))
                .satisfies(refused ->
                        assertThat(TenantException.causeOf(refused)).get().isInstanceOf(TenantRequiredException.class));
        assertThat(read.in(tied, Stock.GLOBEX)).asString().contains("globex 1");
    }

    @ParameterizedTest
    @FieldSource("READS")
    void CA_09_control_without_this_module_nobody_is_given_it(CachedRead read) {
        read.in(untied, Stock.ACME);

        assertThat(read.body().of(untied)).asString().contains("acme 1");
    }

    @Test
    void CA_09_evicting_by_id_evicts_the_entry_of_the_current_tenant_alone() {
        for (var tenant : List.of(Stock.ACME, Stock.GLOBEX)) {
            READS.forEach(read -> read.in(tied, tenant));
        }

        TenantContext.runAs(Stock.ACME, () -> {
            tied.getCache().evictEntityData(PlainItem.class, Stock.BOTH);
            tied.getCache().evictCollectionData(PlainItem.class.getName() + ".tags", Stock.BOTH);
        });

        assertThat(isCached(Stock.ACME)).isEqualTo(List.of(false, false));
        assertThat(isCached(Stock.GLOBEX)).isEqualTo(List.of(true, true));
    }

    @Test
    void evicting_by_id_without_a_tenant_is_refused() {
        var cache = tied.getCache();

        assertThatThrownBy(() -> cache.evictEntityData(PlainItem.class, Stock.BOTH))
                .isInstanceOf(TenantRequiredException.class);
    }

    @ParameterizedTest
    @FieldSource("READS")
    void CA_09_no_tenant_is_given_what_is_stale_after_a_change(CachedRead read) {
        read.in(tied, Stock.ACME);
        read.in(tied, Stock.GLOBEX);

        TenantContext.runAs(
                Stock.GLOBEX,
                () -> tied.inTransaction(session -> {
                    session.createMutationQuery("update PlainItem set name = 'globex 1, changed'")
                            .executeUpdate();
                    session.find(PlainItem.class, Stock.BOTH).getTags().add("globex 1, changed");
                }));

        assertThat(read.in(tied, Stock.ACME)).asString().contains("acme 1");
        assertThat(read.in(tied, Stock.GLOBEX)).asString().contains("globex 1, changed");
    }

    private static List<Boolean> isCached(Tenant tenant) {
        var cache = tied.getCache();
        return TenantContext.callAs(
                tenant,
                () -> List.of(
                        cache.containsEntity(PlainItem.class, Stock.BOTH),
                        cache.containsCollection(PlainItem.class.getName() + ".tags", Stock.BOTH)));
    }
}
