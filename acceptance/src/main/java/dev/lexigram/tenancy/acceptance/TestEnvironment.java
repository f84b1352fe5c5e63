package dev.lexigram.tenancy.acceptance;

import dev.lexigram.tenancy.testkit.PostgresServer;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** What the service needs from outside: a database of its own on a real PostgreSQL, the key of the tokens, tenants. */
public final class TestEnvironment implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        var database = PostgresServer.shared().createDatabase();
        context.getBeanFactory().registerSingleton("database", database);
        context.getEnvironment().getPropertySources().addFirst(properties(database));
        context.addApplicationListener(new TestTenants());
    }

    private static MapPropertySource properties(TestDatabase database) {
        return new MapPropertySource(
                "test environment",
                Map.of(
                        "DATABASE_URL",
                        database.jdbcUrl() + "?logServerErrorDetail=false&reWriteBatchedInserts=true",
                        "TOKEN_PUBLIC_KEY",
                        Tokens.publicKeyFile().toUri().toString()));
    }
}
