package dev.lexigram.tenancy.postgres.isolation;

import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.driver.TenancyDriver;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.lang.reflect.Proxy;
import java.util.Properties;
import java.util.function.Function;
import javax.sql.DataSource;
import org.postgresql.Driver;

/** The binders, and what each needs of a pool. */
enum BinderUnderTest {
    PLAIN(PlainTransactionBinder::new, Driver.class),
    DRIVER(DriverTransactionBinder::new, TenancyDriver.class);

    private final Function<IsolationConfig, TransactionBinder> maker;
    private final Class<? extends Driver> driver;

    BinderUnderTest(Function<IsolationConfig, TransactionBinder> maker, Class<? extends Driver> driver) {
        this.maker = maker;
        this.driver = driver;
    }

    TransactionBinder of(IsolationConfig config) {
        return maker.apply(config);
    }

    TransactionBinder sealed(IsolationConfig config, SealKeySource keys) {
        return this == PLAIN ? new PlainTransactionBinder(config, keys) : new DriverTransactionBinder(config, keys);
    }

    String driverClass() {
        return driver.getName();
    }

    /** Connections of this role, each a new one, as the binder needs them. */
    DataSource connections(TestDatabase database, Role role) {
        return connections(database.jdbcUrl(), role);
    }

    DataSource connections(String url, Role role) {
        var login = new Properties();
        login.setProperty("user", role.login());
        return (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getConnection")) {
                        return driver.getConstructor().newInstance().connect(url, login);
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }
}
