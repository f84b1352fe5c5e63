package dev.lexigram.tenancy.testkit;

import java.sql.SQLException;

/** What a test of an application asserts about its tenants. */
public final class TenancyAssertions {

    private TenancyAssertions() {}

    /**
     * Nothing that this prover tries crosses tenants.
     *
     * @throws AssertionError with every attempt that did
     */
    public static void assertIsolated(IsolationProver prover) throws SQLException {
        prover.run().assertHolds();
    }
}
