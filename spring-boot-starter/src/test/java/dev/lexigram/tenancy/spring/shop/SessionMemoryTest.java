package dev.lexigram.tenancy.spring.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.spring.PartsOf;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import org.junit.jupiter.api.Test;

/** The control of what is refused with {@code lexigram-tenancy-hibernate}. */
@TenancyTest
class SessionMemoryTest {

    @Test
    void CA_09_control_without_that_module_the_memory_of_a_transaction_answers_another_tenant(TestDatabase database)
            throws Exception {
        try (var tables = ShopTables.create(database);
                var shop = Shop.open(database, PartsOf.DATA_WITHOUT_TENANT_SESSIONS)) {
            tables.refill();
            var foreign = tables.contents().foreign();

            assertThat(SessionMemory.changeAsGlobexWhatAcmeHasLoaded(shop)).isEqualTo("changed by globex");

            assertThat(tables.contents().own()).contains("changed by globex");
            assertThat(tables.contents().foreign()).isEqualTo(foreign);
        }
    }
}
