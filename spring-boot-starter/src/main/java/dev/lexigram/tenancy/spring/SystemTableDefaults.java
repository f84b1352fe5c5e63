package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import java.util.HashMap;
import java.util.List;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Spring Boot would look through the DataSource of tenants, before anything is proved, whether that is an embedded
 * database for which it makes tables. It never is one, so unless the application states otherwise Boot does not look.
 */
final class SystemTableDefaults implements EnvironmentPostProcessor, Ordered {

    private static final List<String> KEYS = List.of(
            "spring.session.jdbc.initialize-schema",
            "spring.batch.jdbc.initialize-schema",
            "spring.quartz.jdbc.initialize-schema");

    /** After the files of the application have been read. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (isEnabled(environment)) {
            var unstated = new HashMap<String, Object>();
            KEYS.stream().filter(key -> !environment.containsProperty(key)).forEach(key -> unstated.put(key, "never"));
            environment.getPropertySources().addLast(new MapPropertySource("tenancySystemTables", unstated));
        }
    }

    private static boolean isEnabled(ConfigurableEnvironment environment) {
        try {
            return TenancyProperties.read(environment).enabled();
        } catch (TenancyConfigurationException mistaken) {
            return true;
        }
    }
}
