package dev.lexigram.tenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.lexigram.tenancy.postgres.isolation.TenantDataSource;
import dev.lexigram.tenancy.spring.app.NotesApplication;
import dev.lexigram.tenancy.testkit.PostgresServer;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.util.Map;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.Driver;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/** Every way in which an application may make its DataSources. */
@ExtendWith(OutputCaptureExtension.class)
class DataSourceKindsTest {

    private static TestDatabase database;

    @BeforeEach
    void createDatabase() {
        database = PostgresServer.shared().createDatabase();
        Notes.createTable(database);
    }

    @AfterEach
    void dropDatabase() {
        PostgresServer.shared().drop(database);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                NoPool.class,
                DriversOwn.class,
                Built.class,
                BoundToProperties.class,
                LazyOverAPool.class,
                LazyOverABean.class,
                Routing.class
            })
    void each_kind_confines_its_tenants(Class<?> kind) {
        try (var service = start(kind)) {
            Notes.assertIsolated(service);
        }
    }

    @Test
    void a_lazy_connection_of_boot_is_bound_in_the_driver() {
        try (var service = Service.start(
                NotesApplication.class, Service.on(database, "spring.datasource.connection-fetch=lazy"))) {
            Notes.assertIsolated(service);

            assertThat(service.bean("tenantIsolationHealthIndicator", HealthIndicator.class)
                            .health()
                            .getDetails())
                    .containsEntry("dataSource", "driver: the self-test passed");
        }
    }

    @Test
    void a_choice_among_pools_that_are_no_beans_ends_the_start(CapturedOutput output) {
        assertThatThrownBy(() -> start(RoutingWithin.class).close()).isInstanceOf(Exception.class);

        assertThat(output)
                .contains("APPLICATION FAILED TO START", "'routing' chooses among", "make each of them a bean");
    }

    @Test
    void several_databases_are_each_made_safe_and_one_that_is_excluded_stays_as_it_is() {
        var second = PostgresServer.shared().createDatabase();
        Notes.createTable(second);
        try (var service = Service.start(
                new Class<?>[] {NotesApplication.class, Several.class},
                Service.on(
                        database,
                        "second.url=" + second.jdbcUrl(),
                        "tenancy.control_plane.url=" + database.jdbcUrl(),
                        "tenancy.isolation.exclude=reports"))) {
            Notes.assertIsolated(service);

            assertThat(service.bean("reports", DataSource.class)).isInstanceOf(JdbcDataSource.class);
            assertThat(service.bean("orders", DataSource.class)).isInstanceOf(TenantDataSource.class);
            assertThatThrownBy(() -> new JdbcTemplate(service.bean("orders", DataSource.class))
                            .queryForList("select * from note"))
                    .rootCause()
                    .hasMessageContaining("tenant not bound");
        } finally {
            PostgresServer.shared().drop(second);
        }
    }

    private static Service start(Class<?> kind) {
        return Service.start(
                new Class<?>[] {NotesApplication.class, kind},
                Service.on(
                        database,
                        "tenancy.control_plane.url=" + database.jdbcUrl(),
                        "mine.jdbc-url=" + database.jdbcUrl(),
                        "mine.username=" + Role.APP.login()));
    }

    private static HikariDataSource pool() {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(database.jdbcUrl());
        pool.setUsername(Role.APP.login());
        return pool;
    }

    @Configuration
    static class NoPool {
        @Bean
        DataSource mine() {
            return new SimpleDriverDataSource(new Driver(), database.jdbcUrl(), Role.APP.login(), "");
        }
    }

    @Configuration
    static class DriversOwn {
        @Bean
        DataSource mine() {
            return database.as(Role.APP);
        }
    }

    @Configuration
    static class Built {
        @Bean
        DataSource mine() {
            return DataSourceBuilder.create()
                    .url(database.jdbcUrl())
                    .username(Role.APP.login())
                    .build();
        }
    }

    @Configuration
    @EnableConfigurationProperties
    static class BoundToProperties {
        @Bean
        @ConfigurationProperties("mine")
        HikariDataSource mine() {
            return new HikariDataSource();
        }
    }

    @Configuration
    static class LazyOverAPool {
        @Bean
        DataSource mine() {
            return new LazyConnectionDataSourceProxy(pool());
        }
    }

    @Configuration
    static class LazyOverABean {
        @Bean
        DataSource inner() {
            return pool();
        }

        @Bean
        @Primary
        DataSource mine(DataSource inner) {
            return new LazyConnectionDataSourceProxy(inner);
        }
    }

    @Configuration
    static class Routing {
        @Bean
        DataSource first() {
            return pool();
        }

        @Bean
        DataSource second() {
            return pool();
        }

        @Bean
        @Primary
        DataSource routing() {
            return new ByThread(Map.of("first", first(), "second", second()));
        }
    }

    @Configuration
    static class RoutingWithin {
        @Bean
        DataSource first() {
            return pool();
        }

        @Bean
        @Primary
        DataSource routing() {
            return new ByThread(Map.of("first", first(), "second", pool()));
        }
    }

    @Configuration
    static class Several {
        @Bean
        @Primary
        DataSource notes() {
            return pool();
        }

        @Bean
        DataSource orders(@Value("${second.url}") String url) {
            var pool = pool();
            pool.setJdbcUrl(url);
            return pool;
        }

        @Bean
        DataSource reports() {
            var reports = new JdbcDataSource();
            reports.setURL("jdbc:h2:mem:reports");
            return reports;
        }
    }

    /** Chooses by the parity of the thread, and knows no default. */
    static final class ByThread extends AbstractRoutingDataSource {

        ByThread(Map<Object, Object> targets) {
            setTargetDataSources(targets);
        }

        @Override
        protected Object determineCurrentLookupKey() {
            return Thread.currentThread().getId() % 2 == 0 ? "first" : "second";
        }
    }
}
