package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.Tenancy;
import dev.lexigram.tenancy.TenancyConfig;
import dev.lexigram.tenancy.enforcement.TenantMembership;
import dev.lexigram.tenancy.isolation.IsolationStrategy;
import dev.lexigram.tenancy.postgres.isolation.RowLevelArchive;
import dev.lexigram.tenancy.postgres.isolation.RowLevelIsolationStrategy;
import dev.lexigram.tenancy.postgres.isolation.TransactionBinder;
import dev.lexigram.tenancy.postgres.isolation.WouldBeRefusals;
import dev.lexigram.tenancy.postgres.schema.SchemaMigrator;
import dev.lexigram.tenancy.postgres.schema.TenantSchemas;
import dev.lexigram.tenancy.postgres.stores.SqlTenantMembership;
import dev.lexigram.tenancy.postgres.stores.SqlTenantStore;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Role;
import org.springframework.jdbc.support.JdbcAccessor;

/**
 * The database: every DataSource of the application confines its connections, the audit proves that this holds, and the
 * control plane keeps tenants over connections of its own.
 */
@AutoConfiguration(before = TenancyAutoConfiguration.class)
@ConditionalOnClass({DataSource.class, JdbcConnectionDetails.class})
@Conditional(OnTenancyConfig.Enabled.class)
public class TenancyJdbcAutoConfiguration {

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static TenantDataSourcePostProcessor tenantDataSourcePostProcessor(
            ConfigurableListableBeanFactory beans,
            ObjectProvider<TenancyConfig> config,
            ObjectProvider<TransactionBinder> binder,
            ObjectProvider<IsolationProof> proof,
            ObjectProvider<WouldBeRefusals> refusals) {
        return new TenantDataSourcePostProcessor(beans, config, binder, proof, refusals);
    }

    /** Empty unless {@code isolation.adoption} is {@code report}. */
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    @ConditionalOnMissingBean
    WouldBeRefusals tenancyWouldBeRefusals() {
        return new WouldBeRefusals();
    }

    /** Made after migrations and before anything is served; it ends the start if isolation does not hold. */
    @Bean
    @Lazy(false)
    @DependsOnDatabaseInitialization
    IsolationProof tenancyIsolationProof(
            TenancyConfig config,
            TenantDataSourcePostProcessor pools,
            ObjectProvider<DataSource> dataSources,
            ObjectProvider<SchemaProvisioning> schemas) {
        schemas.ifAvailable(SchemaProvisioning::prepare);
        dataSources.forEach(dataSource -> {}); // makes them all, so that none is left out
        var proof = IsolationProof.of(pools.pools(), config.isolation());
        pools.auditedBy(proof);
        return proof;
    }

    @Bean
    IsolationWatch tenancyIsolationWatch(IsolationProof proof, TenancyConfig config) {
        return new IsolationWatch(proof, config.isolation());
    }

    /** Once there is a tenancy, work of a tenant ends when the tenant is no longer served. */
    @Bean
    SmartInitializingSingleton tenancyServedTenants(
            TenantDataSourcePostProcessor pools, ObjectProvider<Tenancy> tenancy) {
        return () -> tenancy.ifAvailable(assembled -> pools.servedWhile(assembled.validator()::require));
    }

    @Bean
    @ConditionalOnMissingBean(name = "rowLevelIsolationStrategy")
    IsolationStrategy rowLevelIsolationStrategy(
            TenancyConfig config,
            TenantDataSourcePostProcessor pools,
            ObjectProvider<DataSource> dataSource,
            ObjectProvider<RowLevelArchive> archive,
            ObjectProvider<MigratingLogin> login) {
        var pool = pools.behind(dataSource.getIfUnique());
        if (pool.isEmpty()) {
            return new RowLevelIsolationStrategy();
        }
        var guarded = pool.get();
        return Optional.ofNullable(archive.getIfAvailable())
                .or(() -> login.getIfAvailable(() -> MigratingLogin.NONE).archive(config.isolation()))
                .map(keeping -> new RowLevelIsolationStrategy(guarded.pool(), guarded.binder(), keeping))
                .orElseGet(() -> new RowLevelIsolationStrategy(guarded.pool(), guarded.binder()));
    }

    @Bean
    @ConditionalOnMissingBean(name = "schemaIsolationStrategy")
    IsolationStrategy schemaIsolationStrategy(
            TenantDataSourcePostProcessor pools, ObjectProvider<DataSource> dataSource, SchemaProvisioning schemas) {
        return schemas.strategy(pools.behind(dataSource.getIfUnique()));
    }

    /** For an application without Flyway: its own bean says who makes schemas. */
    @Bean
    @ConditionalOnMissingBean
    SchemaProvisioning tenancySchemaProvisioning(TenancyConfig config, ObjectProvider<TenantSchemas> schemas) {
        return SchemaProvisioning.of(Optional.ofNullable(schemas.getIfAvailable()), config);
    }

    /** Where the properties say, or else where the application's own database is; in a pool of its own; not made unless somebody needs it. */
    @Lazy
    @Bean(destroyMethod = "")
    @ConditionalOnMissingBean({TenantStore.class, Tenancy.class})
    @DependsOnDatabaseInitialization
    SqlTenantStore tenantStore(TenancyConfig config, ObjectProvider<JdbcConnectionDetails> application) {
        return SqlTenantStore.of(ControlPlane.connection(config.controlPlane(), application));
    }

    @Lazy
    @Bean
    @ConditionalOnMissingBean({TenantMembership.class, Tenancy.class})
    @Conditional(OnTenancyConfig.MembersInSql.class)
    SqlTenantMembership tenantMembership(ObjectProvider<TenantStore> store) {
        if (store.getIfAvailable() instanceof SqlTenantStore sql) {
            return sql.membership();
        }
        throw TenancyConfigurationException.of(List.of("membership.source is sql and the TenantStore is the"
                + " application's own; make a bean SqlTenantMembership.of(dataSource), too"));
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(JdbcAccessor.class)
    static class WithJdbcTemplate {

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static UnboundStatements.OfJdbc tenancyJdbcFailures() {
            return new UnboundStatements.OfJdbc();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({EntityManagerFactory.class, SessionFactoryImplementor.class})
    static class WithHibernate {

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static UnboundStatements.OfHibernate tenancyHibernateFailures() {
            return new UnboundStatements.OfHibernate();
        }
    }

    /** Migrations run unbound, on plain connections, with Flyway's own login or the application's. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({Flyway.class, FlywayConnectionDetails.class})
    static class Migrations {

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static PlainFlywayConnection.PostProcessor tenancyFlywayConnectionPostProcessor(
                ObjectProvider<JdbcConnectionDetails> application) {
            return new PlainFlywayConnection.PostProcessor(application);
        }

        @Bean
        MigratingLogin tenancyMigratingLogin(
                TenancyConfig config,
                ObjectProvider<FlywayConnectionDetails> flyway,
                ObjectProvider<JdbcConnectionDetails> application) {
            return MigratingLogin.of(config.isolation(), flyway.getIfAvailable(), application.getIfAvailable());
        }

        /** Schemas of tenants are made by an application's own bean, or with Flyway's login. */
        @Bean
        SchemaProvisioning tenancySchemaProvisioning(
                TenancyConfig config,
                ObjectProvider<TenantSchemas> schemas,
                ObjectProvider<SchemaMigrator> migrator,
                MigratingLogin login) {
            var made = Optional.ofNullable(schemas.getIfAvailable())
                    .or(() -> login.schemas(config.isolation(), migrator.getIfAvailable()));
            return SchemaProvisioning.of(made, config);
        }

        @Bean
        FlywayConfigurationCustomizer tenancyFlywayCheck() {
            return PlainFlywayConnection::check;
        }
    }
}
