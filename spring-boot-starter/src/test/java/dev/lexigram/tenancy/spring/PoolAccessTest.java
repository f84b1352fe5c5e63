package dev.lexigram.tenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.lexigram.tenancy.spring.app.NotesApplication;
import dev.lexigram.tenancy.tenant.TenantIsolationException;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** What still reaches the pool behind a DataSource of tenants: its figures, and whoever asks for it once isolation is proved. */
@TenancyTest
@ExtendWith(OutputCaptureExtension.class)
class PoolAccessTest {

    private static TestDatabase database;

    @BeforeAll
    static void createTable(TestDatabase testDatabase) {
        database = testDatabase;
        Notes.createTable(database);
    }

    @Test
    void the_figures_of_the_pool_and_its_health_survive_and_its_connections_reach_no_row() throws SQLException {
        try (var service = Service.start(
                new Class<?>[] {NotesApplication.class, Registry.class},
                Service.on(database, "spring.datasource.hikari.maximum-pool-size=7"))) {
            var meters = service.bean(MeterRegistry.class);
            var dataSource = service.bean(DataSource.class);

            try (var borrowed = dataSource.getConnection()) {
                assertThat(borrowed.isValid(1)).isTrue();
                assertThat(meters.get("hikaricp.connections.active").gauge().value())
                        .isEqualTo(1);
                assertThat(meters.get("jdbc.connections.active").gauge().value())
                        .isEqualTo(1);
            }
            assertThat(meters.get("hikaricp.connections.max").gauge().value()).isEqualTo(7);
            assertThat(meters.get("jdbc.connections.max").gauge().value()).isEqualTo(7);
            assertThat(service.bean("dbHealthContributor", HealthIndicator.class)
                            .health()
                            .getStatus())
                    .isEqualTo(Status.UP);

            var pool = dataSource.unwrap(HikariDataSource.class);
            assertThatThrownBy(() -> new JdbcTemplate(pool).queryForList("select * from note"))
                    .rootCause()
                    .hasMessageContaining("tenant not bound");
        }
    }

    @Test
    void where_isolation_is_not_proved_the_pool_is_out_of_reach() throws SQLException {
        database.execute(
                Role.MIGRATOR,
                "set role tenancy_owner; create table bare (id int); grant select on bare to tenancy_app");
        try (var service =
                Service.start(NotesApplication.class, Service.on(database, "tenancy.isolation.audit=warn"))) {
            var dataSource = service.bean(DataSource.class);

            assertThat(dataSource.isWrapperFor(HikariDataSource.class)).isFalse();
            assertThatThrownBy(() -> dataSource.unwrap(HikariDataSource.class))
                    .isInstanceOf(TenantIsolationException.class)
                    .hasMessageContaining("once the audit has proved");
        } finally {
            database.execute(Role.MIGRATOR, "set role tenancy_owner; drop table bare");
        }
    }

    @Test
    void whoever_wants_the_pool_by_its_type_is_told_what_to_write(CapturedOutput output) {
        assertThatThrownBy(() -> Service.start(
                                new Class<?>[] {NotesApplication.class, Early.class}, Service.on(database))
                        .close())
                .isInstanceOf(Exception.class);

        assertThat(output)
                .contains("APPLICATION FAILED TO START", "Bean 'dataSource' was wanted as a com.zaxxer.hikari")
                .contains("dataSource.unwrap(HikariDataSource.class)", "tenancy.isolation.exclude: dataSource");
    }

    @Test
    void and_so_it_is_when_the_pool_was_made_before(CapturedOutput output) {
        assertThatThrownBy(() -> Service.start(
                                new Class<?>[] {NotesApplication.class, Late.class}, Service.on(database))
                        .close())
                .isInstanceOf(Exception.class);

        assertThat(output)
                .contains("APPLICATION FAILED TO START", "Bean 'dataSource' was wanted as a com.zaxxer.hikari")
                .contains("dataSource.unwrap(HikariDataSource.class)");
    }

    @Configuration
    static class Registry {
        @Bean
        MeterRegistry registry() {
            return new SimpleMeterRegistry();
        }
    }

    /** What an application has that reads its pool. */
    record PoolReader(DataSource pool) {}

    @Configuration
    static class Early {
        @Bean
        PoolReader reader(HikariDataSource pool) {
            return new PoolReader(pool);
        }
    }

    @Configuration
    static class Late {
        @Bean
        PoolReader reader(DataSource first, ObjectProvider<HikariDataSource> pool) {
            return new PoolReader(pool.getObject());
        }
    }
}
