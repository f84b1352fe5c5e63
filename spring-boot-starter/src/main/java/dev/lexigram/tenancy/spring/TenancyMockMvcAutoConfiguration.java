package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.servlet.TenantContextFilter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.MockMvcAutoConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.MockMvcBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Requests of {@code MockMvc} and the tenant of the test that sends them: the test's tenant does not reach the filters,
 * as in a server, and stands for the request where the request itself names none.
 */
@AutoConfiguration(after = {MockMvcAutoConfiguration.class, TenancyWebAutoConfiguration.class})
@Conditional(OnTenancyConfig.Enabled.class)
public class TenancyMockMvcAutoConfiguration {

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    MockMvcBuilderCustomizer tenancyMockMvcOutside() {
        return builder -> builder.addFilters(MockRequestTenant::outside);
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    MockMvcBuilderCustomizer tenancyMockMvcInside(ObjectProvider<TenantContextFilter> admission) {
        var inside = new MockRequestTenant(admission.getIfAvailable() != null);
        return builder -> builder.addFilters(inside::inside);
    }
}
