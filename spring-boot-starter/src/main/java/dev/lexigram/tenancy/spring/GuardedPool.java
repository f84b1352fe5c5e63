package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.isolation.IsolationStrategyRegistry;
import dev.lexigram.tenancy.postgres.isolation.SelfTestedBinder;
import dev.lexigram.tenancy.postgres.isolation.TransactionBinder;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * A pool behind a DataSource of tenants.
 *
 * @param name of the DataSource bean
 * @param pool as it is: bound to nothing
 * @param binder binds its connections
 * @param strategies how the DataSource serves a tenant, by the strategy that the tenant names
 */
record GuardedPool(String name, DataSource pool, TransactionBinder binder, IsolationStrategyRegistry strategies) {

    /** Has the binder choose how it binds, if it has a choice. */
    void choose() throws SQLException {
        binder.prepare();
    }

    /** Which binder it is and, if it chose, why. */
    String known() {
        return binder instanceof SelfTestedBinder tested
                ? tested.known().map(Object::toString).orElse(binder.name())
                : binder.name();
    }
}
