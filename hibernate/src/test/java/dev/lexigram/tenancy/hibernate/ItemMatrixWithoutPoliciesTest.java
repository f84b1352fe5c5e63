package dev.lexigram.tenancy.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Without policies a {@code @TenantId} confines what Hibernate writes the SQL of, and nothing confines the rest: the
 * control of the matrix with policies, and the reason for them.
 */
class ItemMatrixWithoutPoliciesTest extends ItemMatrixTest {

    @BeforeAll
    static void open(TestDatabase database) {
        var stock = Stock.unprotected(database);
        open(stock, Stock.tied(stock.unbound()));
    }

    @Override
    boolean confines(ItemOperation operation, Class<? extends Item> type) {
        return type == MarkedItem.class && operation.markConfines();
    }

    @Test
    void RL_20_control_a_mark_keeps_no_row_of_a_collection_apart() {
        stock().tagOfGlobexAtItemOfAcme();
        factory().getCache().evictAllRegions();

        var tags = TenantContext.callAs(
                Stock.ACME,
                () -> factory()
                        .fromTransaction(session -> List.copyOf(
                                session.find(MarkedItem.class, Stock.OF_ACME).getTags())));
        assertThat(tags).contains("globex tagged");

        TenantContext.runAs(
                Stock.ACME,
                () -> factory()
                        .inTransaction(session -> session.createMutationQuery("delete from MarkedItem where id = :id")
                                .setParameter("id", Stock.OF_ACME)
                                .executeUpdate()));
        assertThat(stock().rowsOf(Stock.GLOBEX)).doesNotContain("globex tagged");
    }
}
