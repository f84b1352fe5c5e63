package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.isolation.BinderChoice;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.driver.TenancyDriver;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.BeanWrapper;
import org.springframework.beans.BeansException;
import org.springframework.beans.PropertyAccessorFactory;

/**
 * Gives a pool the driver in which transactions can be bound, whatever set the driver that it has: the configuration, or
 * connection details. Pools that make their connections otherwise stay as they are; the self-test tells them.
 */
final class TenancyDriverInstallation {

    private static final Logger LOG = LoggerFactory.getLogger(TenancyDriverInstallation.class);
    private static final String DRIVER = "driverClassName";
    private static final String PREFIX = "jdbc:postgresql:";

    private TenancyDriverInstallation() {}

    static void into(DataSource pool, IsolationConfig config) {
        if (config.binder() == BinderChoice.PLAIN || TenancyDriver.unsupported().isPresent()) {
            return;
        }
        var properties = PropertyAccessorFactory.forBeanPropertyAccess(pool);
        if (!properties.isWritableProperty(DRIVER) || !leadsToPostgres(properties)) {
            return;
        }
        try {
            properties.setPropertyValue(DRIVER, TenancyDriver.class.getName());
        } catch (BeansException started) {
            LOG.debug("The driver of {} can no longer be set: {}", pool, started.getMessage());
        }
    }

    private static boolean leadsToPostgres(BeanWrapper properties) {
        return List.of("jdbcUrl", "url").stream()
                .filter(properties::isReadableProperty)
                .map(properties::getPropertyValue)
                .anyMatch(url -> url instanceof String text && text.startsWith(PREFIX));
    }
}
