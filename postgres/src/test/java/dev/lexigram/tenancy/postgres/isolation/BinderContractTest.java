package dev.lexigram.tenancy.postgres.isolation;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract for tenants that share tables. How many round trips each binder takes is written to a document. */
@MethodSource("binders")
class BinderContractTest extends BindingContract {

    @AfterAll
    static void publish() throws IOException {
        table.checkExtras();
        if (System.getProperty("binding.modes", "").isEmpty()) {
            table.publish();
        }
    }
}
