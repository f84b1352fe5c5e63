package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.TenancyConfig;
import dev.lexigram.tenancy.isolation.DatabasesConfig;
import dev.lexigram.tenancy.isolation.IsolationStrategy;
import dev.lexigram.tenancy.isolation.Secret;
import dev.lexigram.tenancy.isolation.SecretStore;
import dev.lexigram.tenancy.postgres.database.DatabaseServer;
import dev.lexigram.tenancy.postgres.database.TenantDatabases;
import dev.lexigram.tenancy.postgres.database.TenantPools;
import dev.lexigram.tenancy.postgres.isolation.DatabaseIsolationStrategy;
import dev.lexigram.tenancy.postgres.schema.FlywaySchemaMigrator;
import dev.lexigram.tenancy.postgres.schema.SchemaMigrator;
import dev.lexigram.tenancy.postgres.stores.SqlTenantStore;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Lazy;

/** Tenants with a database each, where a login is configured that makes databases: beside all others, in one DataSource. */
@AutoConfiguration(after = TenancyJdbcAutoConfiguration.class, before = TenancyAutoConfiguration.class)
@ConditionalOnClass({DataSource.class, JdbcConnectionDetails.class})
@Conditional(OnTenancyConfig.HasDatabases.class)
public class TenancyDatabasesAutoConfiguration {

    @Lazy
    @Bean
    @ConditionalOnMissingBean
    DatabaseServer tenancyDatabaseServer(TenancyConfig config, ObjectProvider<JdbcConnectionDetails> application) {
        var databases = config.databases();
        var details = application.getIfAvailable();
        var url = databases
                .url()
                .or(() -> Optional.ofNullable(details).map(JdbcConnectionDetails::getJdbcUrl))
                .orElseThrow(
                        () -> TenancyConfigurationException.of(List.of("databases.url is missing and the application's"
                                + " connection is not known; set the JDBC URL of a database on the server")));
        return DatabaseServer.of(
                url, databases.user().orElse(""), databases.password().orElse(""));
    }

    @Lazy
    @Bean
    @ConditionalOnMissingBean
    SecretStore tenancySecretStore(TenancyConfig config, ObjectProvider<TenantStore> store) {
        var key = key(config.databases());
        if (store.getIfAvailable() instanceof SqlTenantStore sql) {
            return sql.secrets(key);
        }
        throw TenancyConfigurationException.of(
                List.of("databases.user is set and the TenantStore is the application's own;"
                        + " make a bean SecretStore, too, for the passwords of tenants' databases"));
    }

    @Lazy
    @Bean
    @ConditionalOnClass(Flyway.class)
    @ConditionalOnMissingBean
    TenantDatabases tenancyDatabases(
            TenancyConfig config, DatabaseServer server, SecretStore secrets, ObjectProvider<SchemaMigrator> migrator) {
        var fills = migrator.getIfAvailable(
                () -> FlywaySchemaMigrator.of(config.isolation().schema()));
        return TenantDatabases.of(server, fills, secrets, config.isolation());
    }

    @Lazy
    @Bean
    @ConditionalOnMissingBean
    TenantPools tenancyPools(TenancyConfig config, DatabaseServer server, SecretStore secrets) {
        return TenantPools.of(
                server, secrets, config.pools(), config.isolation().limits());
    }

    @Bean
    @ConditionalOnMissingBean(name = "databaseIsolationStrategy")
    IsolationStrategy databaseIsolationStrategy(
            TenantDataSourcePostProcessor guarded,
            ObjectProvider<DataSource> dataSource,
            ObjectProvider<TenantPools> pools,
            ObjectProvider<TenantDatabases> databases) {
        var behind = guarded.behind(dataSource.getIfUnique());
        return new DatabaseIsolationStrategy(
                pools.getIfAvailable(), behind.map(GuardedPool::binder).orElse(null), databases.getIfAvailable());
    }

    /** From now on the DataSource serves them, too. */
    @Bean
    SmartInitializingSingleton tenancyDatabasesServed(
            TenantDataSourcePostProcessor guarded,
            ObjectProvider<TenantDatabases> databases,
            IsolationStrategy databaseIsolationStrategy) {
        return () -> {
            databases.ifAvailable(TenantDatabases::prepare);
            guarded.pools().forEach(pool -> pool.strategies().register(databaseIsolationStrategy));
        };
    }

    private static Secret key(DatabasesConfig config) {
        return config.secretKey()
                .map(Secret::new)
                .orElseThrow(() -> TenancyConfigurationException.of(List.of("databases.user is set and"
                        + " databases.secret_key is not; set 32 bytes in Base64, such as openssl rand -base64 32 prints, or"
                        + " make a bean SecretStore")));
    }
}
