package dev.lexigram.tenancy.postgres.isolation;

import org.junit.jupiter.params.provider.MethodSource;

/** The contract of the binders for tenants with a schema each; it takes the same round trips. */
@MethodSource("binders")
class SchemaBinderContractTest extends BinderContractTest {

    @Override
    boolean ownSchema() {
        return true;
    }
}
