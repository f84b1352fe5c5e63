package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.postgres.isolation.TenantDataSource;
import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** Ends the start before a tool for migrations, whoever made its bean, runs through a DataSource of tenants. */
final class PlainMigrations<T> implements BeanPostProcessor {

    private final String tool;
    private final Class<T> type;
    private final Function<T, @Nullable DataSource> connects;

    /** @param tool the word for it in properties, such as {@code flyway} */
    PlainMigrations(String tool, Class<T> type, Function<T, @Nullable DataSource> connects) {
        this.tool = tool;
        this.type = type;
        this.connects = connects;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String beanName) {
        var dataSource = type.isInstance(bean) ? connects.apply(type.cast(bean)) : null;
        if (dataSource != null && leadsToTenants(dataSource)) {
            throw TenancyConfigurationException.of(
                    List.of("bean '" + beanName + "' would migrate through a DataSource of"
                            + " tenants, which is bound to one or to none; give it a plain DataSource of the migrator, which"
                            + " spring." + tool + ".url, user and password make"));
        }
        return bean;
    }

    private static boolean leadsToTenants(DataSource dataSource) {
        try {
            return dataSource.isWrapperFor(TenantDataSource.class);
        } catch (SQLException unknown) {
            return false;
        }
    }
}
