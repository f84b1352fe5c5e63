package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.Tenancy;
import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.enforcement.TenantGuard;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Role;
import org.springframework.core.task.TaskDecorator;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.handler.MappedInterceptor;

/**
 * The guard in tests of controllers alone ({@code @WebMvcTest}), where there is no store to admit requests with: who
 * demands a tenant gets that of the test, or refuses.
 */
@AutoConfiguration(after = TenancyWebAutoConfiguration.class)
@ConditionalOnMissingBean(Tenancy.class)
@Conditional(OnTenancyConfig.Enabled.class)
public class TenancyWebSliceAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    TenantGuard tenantGuard() {
        return new TenantGuard();
    }

    @Bean
    @ConditionalOnMissingBean(name = "tenantTaskDecorator")
    TaskDecorator tenantTaskDecorator() {
        return TenantContext::wrap;
    }

    @Bean(TenantGuardPostProcessor.INTERCEPTOR)
    MappedInterceptor tenantGuardInterceptor(TenantGuard guard) {
        return new MappedInterceptor(null, new TenantGuardInterceptor(guard));
    }

    @Bean
    TenancyExceptionResolver tenancyExceptionResolver() {
        return new TenancyExceptionResolver();
    }

    @Bean
    @Lazy(false)
    RouteChecks tenancyRouteChecks(ObjectProvider<HandlerMapping> mappings) {
        return new RouteChecks(mappings);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static TenantGuardPostProcessor tenantGuardPostProcessor() {
        return new TenantGuardPostProcessor();
    }
}
