package dev.lexigram.tenancy.acceptance;

import dev.lexigram.tenancy.testkit.PostgresServer;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.util.Base64;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** What the service needs from outside: a database of its own on a real PostgreSQL, the key of the tokens, tenants. */
public final class TestEnvironment implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private final Supplier<TestDatabase> databases;

    /** Every application gets a database of its own. */
    public TestEnvironment() {
        this(() -> PostgresServer.shared().createDatabase());
    }

    private TestEnvironment(Supplier<TestDatabase> databases) {
        this.databases = databases;
    }

    /** Every application gets this database. */
    public static TestEnvironment on(TestDatabase database) {
        return new TestEnvironment(() -> database);
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        var database = databases.get();
        context.getBeanFactory().registerSingleton("database", database);
        context.getEnvironment().getPropertySources().addFirst(properties(database));
        context.addApplicationListener(new TestTenants());
    }

    private static MapPropertySource properties(TestDatabase database) {
        return new MapPropertySource(
                "test environment",
                Map.of(
                        "tenancy.isolation.audit_interval",
                        "0", // controls take policies away for a moment, which an audit between would notice
                        "DATABASE_URL",
                        database.jdbcUrl() + "?logServerErrorDetail=false&reWriteBatchedInserts=true",
                        "TOKEN_PUBLIC_KEY",
                        Tokens.publicKeyFile().toUri().toString(),
                        "PROVISIONER_USER",
                        Role.PROVISIONER.login(),
                        "DATABASE_SECRET_KEY",
                        Base64.getEncoder().encodeToString(new byte[32])));
    }
}
