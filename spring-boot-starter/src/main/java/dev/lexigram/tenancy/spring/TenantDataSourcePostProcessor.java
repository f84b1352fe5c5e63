package dev.lexigram.tenancy.spring;

import com.zaxxer.hikari.HikariDataSource;
import dev.lexigram.tenancy.TenancyConfig;
import dev.lexigram.tenancy.isolation.IsolationStrategyRegistry;
import dev.lexigram.tenancy.isolation.ServedTenants;
import dev.lexigram.tenancy.postgres.isolation.AssumedRole;
import dev.lexigram.tenancy.postgres.isolation.RowLevelIsolationStrategy;
import dev.lexigram.tenancy.postgres.isolation.SchemaIsolationStrategy;
import dev.lexigram.tenancy.postgres.isolation.SealKeySource;
import dev.lexigram.tenancy.postgres.isolation.SelfTestedBinder;
import dev.lexigram.tenancy.postgres.isolation.ServerProduct;
import dev.lexigram.tenancy.postgres.isolation.TenantDataSource;
import dev.lexigram.tenancy.postgres.isolation.TransactionBinder;
import dev.lexigram.tenancy.postgres.isolation.WouldBeRefusals;
import dev.lexigram.tenancy.spring.start.DatabaseNotReadyException;
import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import dev.lexigram.tenancy.tenant.TenantException;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.BeanCurrentlyInCreationException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/**
 * Puts a {@link TenantDataSource} in front of every pool that is a DataSource bean, once: those that lead to one already, those that are
 * marked for migrations or jobs, and those listed in {@code isolation.exclude} stay as they are. What is not PostgreSQL
 * ends the start.
 */
final class TenantDataSourcePostProcessor implements BeanPostProcessor, Ordered {

    private static final Set<String> MARKS =
            Set.of("FlywayDataSource", "LiquibaseDataSource", "QuartzDataSource", "BatchDataSource");

    private final ConfigurableListableBeanFactory beans;
    private final ObjectProvider<TenancyConfig> config;
    private final ObjectProvider<TransactionBinder> binder;
    private final ObjectProvider<IsolationProof> proof;
    private final ObjectProvider<WouldBeRefusals> refusals;
    private final Map<TenantDataSource, GuardedPool> pools = new ConcurrentHashMap<>();
    private volatile ServedTenants served = ServedTenants.ALL;
    private volatile @Nullable IsolationProof audits;

    TenantDataSourcePostProcessor(
            ConfigurableListableBeanFactory beans,
            ObjectProvider<TenancyConfig> config,
            ObjectProvider<TransactionBinder> binder,
            ObjectProvider<IsolationProof> proof,
            ObjectProvider<WouldBeRefusals> refusals) {
        this.beans = beans;
        this.config = config;
        this.binder = binder;
        this.proof = proof;
        this.refusals = refusals;
    }

    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        return bean instanceof DataSource pool && needsGuard(pool, beanName) ? safe(pool, beanName) : bean;
    }

    /** The pools behind the DataSources of tenants. */
    Collection<GuardedPool> pools() {
        return List.copyOf(pools.values());
    }

    /** From now on work of a tenant goes on only while it is served. */
    void servedWhile(ServedTenants served) {
        this.served = served;
        pools.forEach((guarded, pool) -> guarded.servedWhile(whileProved(pool.pool())));
    }

    /** Work of a tenant ends as well once the audit has found that the database does not keep tenants apart. */
    private ServedTenants whileProved(DataSource pool) {
        var all = served;
        return tenant -> {
            var known = audits;
            if (known != null) {
                known.requireServing(pool);
            }
            all.require(tenant);
        };
    }

    /** From now on this says whether a pool may serve. */
    void auditedBy(IsolationProof audits) {
        this.audits = audits;
    }

    /** The pool behind this DataSource of tenants, if it is one. */
    Optional<GuardedPool> behind(@Nullable DataSource dataSource) {
        return Optional.ofNullable(dataSource)
                .flatMap(DataSourceTargets::tenants)
                .map(pools::get);
    }

    private boolean needsGuard(DataSource pool, String beanName) {
        return !config.getObject().isolation().exclude().contains(beanName)
                && !isMarked(beanName)
                && !DataSourceTargets.leadToTenants(pool);
    }

    private boolean isMarked(String beanName) {
        if (!beans.containsBeanDefinition(beanName)
                || !(beans.getMergedBeanDefinition(beanName) instanceof AnnotatedBeanDefinition definition)) {
            return false;
        }
        var method = definition.getFactoryMethodMetadata();
        var annotations = (method != null
                ? method.getAnnotations()
                : definition.getMetadata().getAnnotations());
        return annotations.stream()
                .map(annotation -> annotation.getType())
                .anyMatch(type -> type.getPackageName().startsWith("org.springframework.boot")
                        && MARKS.contains(type.getSimpleName()));
    }

    /** What passes its calls on stays in front, so that the pool behind it is known for what it is. */
    private DataSource safe(DataSource dataSource, String beanName) {
        if (dataSource instanceof AbstractRoutingDataSource) {
            throw DataSourceTargets.refused(beanName);
        }
        if (dataSource instanceof DelegatingDataSource front && front.getTargetDataSource() != null) {
            front.setTargetDataSource(safe(front.getTargetDataSource(), beanName));
            return front;
        }
        return guarded(dataSource, beanName);
    }

    private DataSource guarded(DataSource pool, String beanName) {
        var isolation = config.getObject().isolation();
        AssumedRole.of(isolation).ifPresent(role -> assume(role, pool, beanName));
        TenancyDriverInstallation.into(pool, isolation);
        checkIsPostgres(pool, beanName);
        var bound = binder.getIfAvailable(() -> new SelfTestedBinder(
                beanName,
                pool,
                isolation,
                refusals.getObject(),
                beans.getBeanProvider(SealKeySource.class).getIfAvailable()));
        var strategies = new IsolationStrategyRegistry();
        var shared = PoolShares.of(pool, beanName, config.getObject(), beans);
        strategies.register(new RowLevelIsolationStrategy(shared, bound));
        strategies.register(new SchemaIsolationStrategy(shared, bound));
        var guarded = TenantDataSource.of(pool, bound, strategies, () -> isProved(pool));
        pools.put(guarded, new GuardedPool(beanName, pool, bound, strategies));
        guarded.servedWhile(whileProved(pool));
        if (beans.containsSingleton("tenancyIsolationProof")) {
            proof.getObject().isProved(pool); // a DataSource made after the start
        }
        return guarded;
    }

    private static void assume(AssumedRole role, DataSource pool, String beanName) {
        try {
            if (pool instanceof HikariDataSource hikari && !hikari.isRunning()) {
                role.applyTo(hikari);
            }
        } catch (IllegalArgumentException refused) {
            throw TenancyConfigurationException.of(List.of("isolation.assume_role cannot be sent by DataSource bean '"
                    + beanName + "': " + refused.getMessage()));
        }
    }

    private static void checkIsPostgres(DataSource pool, String beanName) {
        if (pool instanceof HikariDataSource hikari
                && hikari.getJdbcUrl() != null
                && hikari.getJdbcUrl().startsWith("jdbc:postgresql:")) {
            return;
        }
        if (!answersAsPostgres(pool, beanName)) {
            throw TenancyConfigurationException.of(List.of("DataSource bean '" + beanName
                    + "' is no PostgreSQL, so tenants cannot be kept apart in it; list it in"
                    + " tenancy.isolation.exclude if it holds no tenant's data; in a test, keep Spring Boot from putting"
                    + " an embedded database in its place: @AutoConfigureTestDatabase(replace = NONE)"));
        }
    }

    private static boolean answersAsPostgres(DataSource pool, String beanName) {
        try {
            return ServerProduct.isPostgres(pool);
        } catch (SQLException failure) {
            throw new IllegalStateException(
                    "DataSource bean '" + beanName
                            + "' gives no connection, so it cannot be made safe for tenants; list"
                            + " it in tenancy.isolation.exclude if it holds no tenant's data.",
                    failure);
        }
    }

    /** While migrations run nothing is proved yet, and asking would lead in a circle. */
    private boolean isProved(DataSource pool) throws SQLException {
        try {
            return proof.getObject().isProved(pool);
        } catch (BeansException failure) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof TenantException refused) {
                    throw refused;
                }
            }
            if (NestedExceptionUtils.getMostSpecificCause(failure) instanceof BeanCurrentlyInCreationException) {
                throw new DatabaseNotReadyException();
            }
            throw failure;
        }
    }
}
