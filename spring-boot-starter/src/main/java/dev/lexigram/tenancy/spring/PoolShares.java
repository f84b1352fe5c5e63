package dev.lexigram.tenancy.spring;

import com.zaxxer.hikari.HikariDataSource;
import dev.lexigram.tenancy.TenancyConfig;
import dev.lexigram.tenancy.isolation.AdoptionMode;
import dev.lexigram.tenancy.postgres.isolation.TenantShares;
import java.util.Objects;
import java.util.OptionalInt;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadata;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadataProvider;
import org.springframework.util.ClassUtils;

/** Gives each tenant its share of a pool whose size is known. */
final class PoolShares {

    private static final Logger LOG = LoggerFactory.getLogger(PoolShares.class);
    private static final String METADATA = "org.springframework.boot.jdbc.metadata.DataSourcePoolMetadataProvider";

    private PoolShares() {}

    /** The pool itself where nothing can be limited, or nothing is refused yet. */
    static DataSource of(DataSource pool, String name, TenancyConfig config, BeanFactory beans) {
        if (config.isolation().adoption() == AdoptionMode.REPORT) {
            return pool;
        }
        var size = size(pool, beans);
        if (size.isEmpty()) {
            LOG.info(
                    "How many connections DataSource '{}' has is not known, so no tenant's share of them is limited",
                    name);
            return pool;
        }
        return TenantShares.of(pool, size.getAsInt(), config.pools());
    }

    private static OptionalInt size(DataSource pool, BeanFactory beans) {
        if (pool instanceof HikariDataSource hikari) {
            return OptionalInt.of(hikari.getMaximumPoolSize());
        }
        return ClassUtils.isPresent(METADATA, PoolShares.class.getClassLoader())
                ? Metadata.size(pool, beans)
                : OptionalInt.empty();
    }

    /** Loaded only where Spring Boot knows pools. */
    private static final class Metadata {

        static OptionalInt size(DataSource pool, BeanFactory beans) {
            return beans.getBeanProvider(DataSourcePoolMetadataProvider.class).stream()
                    .map(provider -> provider.getDataSourcePoolMetadata(pool))
                    .filter(Objects::nonNull)
                    .map(DataSourcePoolMetadata::getMax)
                    .filter(size -> size != null && size > 0)
                    .mapToInt(Integer::intValue)
                    .findFirst();
        }
    }
}
