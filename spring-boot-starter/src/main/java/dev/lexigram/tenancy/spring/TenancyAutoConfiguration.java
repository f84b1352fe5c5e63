package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.Tenancy;
import dev.lexigram.tenancy.TenancyConfig;
import dev.lexigram.tenancy.TenantHooks;
import dev.lexigram.tenancy.cache.InvalidationBus;
import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.enforcement.TenantGuard;
import dev.lexigram.tenancy.enforcement.TenantMembership;
import dev.lexigram.tenancy.isolation.IsolationStrategy;
import dev.lexigram.tenancy.lifecycle.TenantEventListener;
import dev.lexigram.tenancy.lifecycle.TenantProvider;
import dev.lexigram.tenancy.resolution.TenantResolver;
import dev.lexigram.tenancy.stores.TenantStore;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.task.TaskDecorator;

/**
 * The library itself, assembled of the properties and of what the application has as beans: a store, a membership,
 * resolvers (whose answers select among the caller's memberships), isolation strategies. What a bean cannot say, such as
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
        dataSource.ifUnique(builder::dataSource);
        claims.ifAvailable(verification -> builder.claimsVerified(verification.present()));
        return builder.build();
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
