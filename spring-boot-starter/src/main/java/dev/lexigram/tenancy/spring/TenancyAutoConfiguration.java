package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.Tenancy;
import dev.lexigram.tenancy.TenancyConfig;
import dev.lexigram.tenancy.TenantHooks;
import dev.lexigram.tenancy.cache.InvalidationBus;
import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.enforcement.TenantGuard;
import dev.lexigram.tenancy.enforcement.TenantMembership;
import dev.lexigram.tenancy.isolation.IsolationStrategy;
import dev.lexigram.tenancy.lifecycle.ProvisioningStep;
import dev.lexigram.tenancy.lifecycle.TenantEventListener;
import dev.lexigram.tenancy.lifecycle.TenantProvider;
import dev.lexigram.tenancy.lifecycle.TenantResource;
import dev.lexigram.tenancy.overrides.ConfigCatalog;
import dev.lexigram.tenancy.overrides.TenantConfig;
import dev.lexigram.tenancy.overrides.TenantConfigService;
import dev.lexigram.tenancy.resolution.TenantResolver;
import dev.lexigram.tenancy.stores.TenantConfigProvider;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.task.TaskDecorator;

/**
 * The library itself, assembled of the properties and of what the application has as beans: a store, a membership,
 * resolvers (whose answers select among the caller's memberships), isolation strategies, steps of provisioning and
 * resources that go with a tenant, a provider of per-tenant configuration other than the store, a catalogue of its keys.
 * What a bean cannot say, such as
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
            ObjectProvider<TenantConfigProvider> configs,
            ObjectProvider<ConfigCatalog> catalog,
            ObjectProvider<DataSource> dataSource,
            ObjectProvider<ClaimsVerification> claims,
            ObjectProvider<InvalidationBus> bus,
            ConfigurableEnvironment environment) {
        var builder = Tenancy.builder().config(config).application(nameOf(environment));
        bus.ifAvailable(builder::bus);
        store.ifAvailable(builder::store);
        membership.ifAvailable(builder::membership);
        resolvers.orderedStream().forEach(builder::resolver);
        strategies.orderedStream().forEach(builder::strategy);
        steps.orderedStream().forEach(builder::step);
        resources.orderedStream().forEach(builder::resource);
        besides(store.getIfAvailable(), configs).forEach(builder::configProvider);
        catalog.ifAvailable(builder::configCatalog);
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

    /** Events reach beans of type {@link TenantEventListener}, and as they are those who listen to application events. */
    @Bean
    @ConditionalOnMissingBean(name = "tenantEventRelay")
    SmartLifecycle tenantEventRelay(
            Tenancy tenancy, ObjectProvider<TenantEventListener> listeners, ApplicationEventPublisher publisher) {
        var all = Stream.concat(listeners.orderedStream(), Stream.of(new SpringEventListener(publisher)));
        return new TenantEventRelay(tenancy, all.toList());
    }

    @Bean
    @ConditionalOnMissingBean
    TenantHooks tenantHooks(Tenancy tenancy) {
        return tenancy.hooks();
    }

    /** The application's name in the letters that the outbox takes. */
    private static String nameOf(ConfigurableEnvironment environment) {
        var name = environment.getProperty("spring.application.name", "").replaceAll("[^A-Za-z0-9._-]", "-");
        var named = name.isBlank() ? "app" : "app-" + name;
        return named.substring(0, Math.min(named.length(), 60));
    }

    /** Creates and changes tenants. */
    @Bean
    @ConditionalOnMissingBean
    TenantProvider tenantProvider(Tenancy tenancy) {
        return tenancy.tenants();
    }

    /** Reads and changes per-tenant configuration. Made when it is asked for: a store need not keep any. */
    @Bean
    @Lazy
    @ConditionalOnMissingBean
    TenantConfigService tenantConfigService(Tenancy tenancy) {
        return tenancy.configs();
    }

    /** What is configured for the current tenant. */
    @Bean
    @Lazy
    @ConditionalOnMissingBean
    TenantConfig tenantConfig(TenantConfigService configs) {
        return new TenantConfig(configs);
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

    /** Most stores are providers, too; a further one takes their place. */
    private static List<TenantConfigProvider> besides(
            @Nullable TenantStore store, ObjectProvider<TenantConfigProvider> configs) {
        var others = configs.stream().filter(provider -> provider != store).toList();
        if (others.size() > 1) {
            throw TenancyConfigurationException.of(List.of("there are " + others.size()
                    + " beans that are a TenantConfigProvider besides the store; keep one of them, or make the Tenancy"
                    + " yourself with configProvider(..)"));
        }
        return others;
    }
}
