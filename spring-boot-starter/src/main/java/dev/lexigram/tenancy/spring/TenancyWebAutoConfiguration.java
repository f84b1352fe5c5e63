package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.Tenancy;
import dev.lexigram.tenancy.TenancyConfig;
import dev.lexigram.tenancy.enforcement.TenantGuard;
import dev.lexigram.tenancy.overrides.TenantConfig;
import dev.lexigram.tenancy.resolution.TenantPrincipal;
import dev.lexigram.tenancy.servlet.TenantContextFilter;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Role;
import org.springframework.security.authentication.AuthenticationEventPublisher;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.handler.MappedInterceptor;

/** The web edge: the filter behind Spring Security, and the guard in front of handlers. */
@AutoConfiguration(after = TenancyAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({DispatcherServlet.class, FilterRegistrationBean.class})
@Conditional(OnTenancyConfig.Enabled.class)
public class TenancyWebAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    TenantContextFilter tenantContextFilter(
            Tenancy tenancy,
            TenancyConfig config,
            TenantPrincipalSource principals,
            ObjectProvider<HandlerMapping> mappings) {
        var routes = new MarkedRoutes(mappings);
        return new TenantContextFilter(
                tenancy.admission(), config.resolution().routes(), principals::principal, routes::needNone);
    }

    /** Behind Spring Security and before everything that may touch data, for every dispatch. */
    @Bean
    @ConditionalOnMissingBean(name = "tenantContextFilterRegistration")
    FilterRegistrationBean<TenantContextFilter> tenantContextFilterRegistration(
            TenantContextFilter filter, TenancyConfig config) {
        var registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(config.web().filterOrder());
        registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
        return registration;
    }

    @Bean
    ClaimsVerification tenancyClaimsVerification(TenantPrincipalSource principals) {
        return new ClaimsVerification(principals.verifiesClaims());
    }

    /** A mapped interceptor is found by every handler mapping, whoever has made it, and comes before all others. */
    @Bean(TenantGuardPostProcessor.INTERCEPTOR)
    MappedInterceptor tenantGuardInterceptor(TenantGuard guard) {
        return new MappedInterceptor(null, new TenantGuardInterceptor(guard));
    }

    /** {@code @TenantValue} parameters. */
    @Bean
    WebMvcConfigurer tenantValueConfigurer(ObjectProvider<TenantConfig> config) {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new TenantValueArguments(config));
            }
        };
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

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(Jwt.class)
    static class WithSpringSecurity {

        @Bean
        @ConditionalOnMissingBean
        TenantPrincipalSource tenantPrincipalSource(TenancyConfig config) {
            return new SecurityPrincipalSource(config.resolution());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(AuthenticationEventPublisher.class)
    static class Logins {

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static LoginFailures.PostProcessor tenancyLoginFailures() {
            return new LoginFailures.PostProcessor();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingClass("org.springframework.security.oauth2.jwt.Jwt")
    static class WithContainerSecurity {

        @Bean
        @ConditionalOnMissingBean
        TenantPrincipalSource tenantPrincipalSource() {
            return request ->
                    Optional.ofNullable(request.getUserPrincipal()).map(caller -> TenantPrincipal.of(caller.getName()));
        }
    }
}
