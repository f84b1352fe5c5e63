package dev.lexigram.tenancy.postgres.isolation;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract for tenants with a schema each: the path travels in the round trips in which the id does. */
@MethodSource("binders")
class SchemaBinderContractTest extends BindingContract {

    @AfterAll
    static void compare() {
        table.checkExtrasOfSchemas();
    }

    @Override
    boolean ownSchema() {
        return true;
    }
}
