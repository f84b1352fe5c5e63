package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.TenancyConfig;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * The configuration as Spring's environment states it: properties {@code tenancy.*}, an earlier source beating a later
 * one, then variables {@code LEX_TENANCY__*}. Other environment variables are not read: {@code TENANCY_..} may be
 * anybody's.
 */
final class TenancyProperties {

    private static final String VARIABLES = "LEX_TENANCY__";

    private TenancyProperties() {}

    /** @throws dev.lexigram.tenancy.tenant.TenancyConfigurationException naming every problem */
    static TenancyConfig read(ConfigurableEnvironment environment) {
        var section = new LinkedHashMap<String, Object>();
        var variables = new HashMap<String, String>();
        for (var source : environment.getPropertySources()) {
            if (source instanceof SystemEnvironmentPropertySource system) {
                addVariables(system, variables);
            } else if (source instanceof EnumerablePropertySource<?> properties) {
                TenancySection.fill(section, TenancySection.of(properties, environment));
            }
        }
        return TenancyConfig.of(section, variables);
    }

    private static void addVariables(SystemEnvironmentPropertySource source, Map<String, String> variables) {
        source.getSource().forEach((name, value) -> {
            if (name.startsWith(VARIABLES)) {
                variables.putIfAbsent(name, String.valueOf(value));
            }
        });
    }
}
