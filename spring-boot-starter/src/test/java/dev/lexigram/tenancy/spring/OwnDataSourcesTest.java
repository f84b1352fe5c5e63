package dev.lexigram.tenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.lexigram.tenancy.postgres.isolation.TenantDataSource;
import dev.lexigram.tenancy.spring.app.NotesApplication;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/** DataSources that the application makes itself. */
@TenancyTest
@ExtendWith(OutputCaptureExtension.class)
class OwnDataSourcesTest {

    private static TestDatabase database;

    @BeforeAll
    static void createTable(TestDatabase testDatabase) {
        database = testDatabase;
        Notes.createTable(database);
    }

    @Test
    void each_is_made_safe_once_and_one_that_is_marked_for_migrations_stays_as_it_is() throws SQLException {
        try (var service = start(
                "spring.flyway.enabled=true",
                "spring.flyway.baseline-on-migrate=true",
                "spring.flyway.locations=classpath:none",
                "spring.flyway.fail-on-missing-locations=false")) {
            Notes.createTenants(service);

            assertThat(service.bean("pool", DataSource.class)).isInstanceOf(TenantDataSource.class);
            assertThat(service.bean("aware", DataSource.class)).isInstanceOf(TransactionAwareDataSourceProxy.class);
            assertThat(service.bean("migrations", DataSource.class)).isInstanceOf(PGSimpleDataSource.class);
            service.post("/notes", Tokens.of("ann", "acme"), "of acme");
            assertThat(service.get("/notes", Tokens.of("ann", "acme")).body()).isEqualTo("[\"of acme\"]");
            assertThat(service.get("/notes", Tokens.of("bob", "globex")).body()).isEqualTo("[]");
            try (var connection = service.bean("aware", DataSource.class).getConnection();
                    var statement = connection.createStatement()) {
                assertThatThrownBy(() -> statement.executeQuery("select * from note"))
                        .hasMessageContaining("tenant not bound");
            }
        }
    }

    @Test
    void where_the_database_is_not_known_migrations_and_control_plane_must_be_told(CapturedOutput output) {
        assertThatThrownBy(() -> start("spring.flyway.enabled=true", "spring.flyway.user=tenancy_migrator")
                        .close())
                .isInstanceOf(Exception.class);
        assertThat(output).contains("APPLICATION FAILED TO START", "set spring.flyway.url, too");

        assertThatThrownBy(() -> start("tenancy.control_plane.url=").close()).isInstanceOf(Exception.class);
        assertThat(output).contains("tenancy.control_plane.url is missing");
    }

    private static Service start(String... properties) {
        var own = Service.on(database, "tenancy.control_plane.url=" + database.jdbcUrl());
        return Service.start(
                new Class<?>[] {NotesApplication.class, OwnDataSources.class},
                Stream.of(own, properties).flatMap(Arrays::stream).toArray(String[]::new));
    }

    @Configuration
    static class OwnDataSources {

        @Bean
        DataSource pool() {
            var pool = new HikariDataSource();
            pool.setJdbcUrl(database.jdbcUrl());
            pool.setUsername(Role.APP.login());
            return pool;
        }

        @Bean(defaultCandidate = false)
        DataSource aware(DataSource pool) {
            return new TransactionAwareDataSourceProxy(pool);
        }

        @Bean(defaultCandidate = false)
        @FlywayDataSource
        DataSource migrations() {
            return database.as(Role.MIGRATOR);
        }
    }
}
