package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.TenancyConfig;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * What tests of data access alone ({@code @DataJpaTest}, {@code @DataJdbcTest}, {@code @JdbcTest}) need besides the
 * DataSource of tenants: the configuration. There is no control plane; the tenant is that of the test.
 */
@AutoConfiguration(after = TenancyAutoConfiguration.class)
@Conditional(OnTenancyConfig.Enabled.class)
public class TenancyDataSliceAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    TenancyConfig tenancyConfig(ConfigurableEnvironment environment) {
        return TenancyProperties.read(environment);
    }
}
