package dev.lexigram.tenancy.postgres.isolation;

import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.driver.TenancyDriver;
import org.postgresql.Driver;

/** The binders, and what each needs of a pool. */
enum BinderUnderTest {
    PLAIN(new PlainTransactionBinder(IsolationConfig.DEFAULTS), Driver.class),
    DRIVER(new DriverTransactionBinder(IsolationConfig.DEFAULTS), TenancyDriver.class);

    private final TransactionBinder binder;
    private final Class<? extends Driver> driver;

    BinderUnderTest(TransactionBinder binder, Class<? extends Driver> driver) {
        this.binder = binder;
        this.driver = driver;
    }

    TransactionBinder binder() {
        return binder;
    }

    String driverClass() {
        return driver.getName();
    }
}
