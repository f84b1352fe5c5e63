package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.Tenancy;
import dev.lexigram.tenancy.TenancyConfig;
import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.enforcement.TenantGuard;
import dev.lexigram.tenancy.enforcement.TenantMembership;
import dev.lexigram.tenancy.isolation.IsolationStrategy;
import dev.lexigram.tenancy.lifecycle.ProvisioningStep;
import dev.lexigram.tenancy.lifecycle.TenantProvider;
import dev.lexigram.tenancy.lifecycle.TenantResource;
import dev.lexigram.tenancy.resolution.TenantResolver;
import dev.lexigram.tenancy.stores.TenantStore;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.task.TaskDecorator;

/**
 * The library itself, assembled of the properties and of what the application has as beans: a store, a membership,
 * resolvers (whose answers select among the caller's memberships), isolation strategies, steps of provisioning and
 * resources that go with a tenant. What a bean cannot say, such as
 * a resolver that is believed, an application says by making the {@link Tenancy} itself.
 */
@AutoConfiguration
@Conditional(OnTenancyConfig.Enabled.class)
public class TenancyAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    TenancyConfig tenancyConfig(ConfigurableEnvironment environment) {
        return TenancyProperties.read(environment);
    }

    @Bean
    @ConditionalOnMissingBean
    Tenancy tenancy(
            TenancyConfig config,
            ObjectProvider<TenantStore> store,
            ObjectProvider<TenantMembership> membership,
            ObjectProvider<TenantResolver> resolvers,
            ObjectProvider<IsolationStrategy> strategies,
            ObjectProvider<ProvisioningStep> steps,
            ObjectProvider<TenantResource> resources,
            ObjectProvider<DataSource> dataSource,
            ObjectProvider<ClaimsVerification> claims) {
        var builder = Tenancy.builder().config(config);
        store.ifAvailable(builder::store);
        membership.ifAvailable(builder::membership);
        resolvers.orderedStream().forEach(builder::resolver);
        strategies.orderedStream().forEach(builder::strategy);
        steps.orderedStream().forEach(builder::step);
        resources.orderedStream().forEach(builder::resource);
        dataSource.ifUnique(builder::dataSource);
        claims.ifAvailable(verification -> builder.claimsVerified(verification.present()));
        return builder.maintained(false).build();
    }

    /** Ends what nodes have left unfinished, once the application has started. */
    @Bean
    @ConditionalOnMissingBean
    TenancyMaintenance tenancyMaintenance(Tenancy tenancy) {
        return new TenancyMaintenance(tenancy);
    }

    /** Creates and changes tenants. */
    @Bean
    @ConditionalOnMissingBean
    TenantProvider tenantProvider(Tenancy tenancy) {
        return tenancy.tenants();
    }

    @Bean
    @ConditionalOnMissingBean
    TenantGuard tenantGuard(Tenancy tenancy) {
        return tenancy.guard();
    }

    /** Boot gives it to the executors that it makes: {@code @Async} methods and asynchronous requests keep the tenant. */
    @Bean
    @ConditionalOnMissingBean(name = "tenantTaskDecorator")
    TaskDecorator tenantTaskDecorator() {
        return TenantContext::wrap;
    }

    /** Enforces {@code @RequireTenant} and {@code @WithoutTenant} on beans that handle no requests. */
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static TenantGuardPostProcessor tenantGuardPostProcessor() {
        return new TenantGuardPostProcessor();
    }
}
