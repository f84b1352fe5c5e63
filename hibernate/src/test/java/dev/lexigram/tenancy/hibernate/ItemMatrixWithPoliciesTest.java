package dev.lexigram.tenancy.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.postgres.isolation.KeyVariant;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With the policies of the database nothing gets around, whatever the entity knows. */
class ItemMatrixWithPoliciesTest extends ItemMatrixTest {

    @BeforeAll
    static void open(TestDatabase database) {
        var stock = Stock.withPolicies(database, KeyVariant.SURROGATE);
        open(stock, Stock.tied(stock.bound()));
    }

    @Override
    boolean confines(ItemOperation operation, Class<? extends Item> type) {
        return true;
    }

    @Test
    void RL_20_a_row_of_a_collection_is_kept_apart_by_itself() {
        stock().tagOfGlobexAtItemOfAcme();
        factory().getCache().evictAllRegions();

        var tags = TenantContext.callAs(
                Stock.ACME,
                () -> factory()
                        .fromTransaction(session -> List.copyOf(
                                session.find(MarkedItem.class, Stock.OF_ACME).getTags())));
        assertThat(tags).doesNotContain("globex tagged");

        TenantContext.runAs(
                Stock.ACME,
                () -> factory()
                        .inTransaction(session -> session.createMutationQuery("delete from MarkedItem where id = :id")
                                .setParameter("id", Stock.OF_ACME)
                                .executeUpdate()));
        assertThat(stock().rowsOf(Stock.GLOBEX)).contains("globex tagged");
    }
}
