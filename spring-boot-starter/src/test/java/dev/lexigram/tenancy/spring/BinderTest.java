package dev.lexigram.tenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.lexigram.tenancy.lifecycle.TenantProvider;
import dev.lexigram.tenancy.postgres.driver.TenancyDriver;
import dev.lexigram.tenancy.spring.app.NotesApplication;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Which binder an application gets, and who is told. */
@TenancyTest
@ExtendWith(OutputCaptureExtension.class)
class BinderTest {

    private static final String IN_THE_DRIVER = "driver: the self-test passed";

    private static TestDatabase database;

    @BeforeAll
    static void createTable(TestDatabase testDatabase) {
        database = testDatabase;
        Notes.createTable(database);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tenancy.isolation.binder=auto",
                "tenancy.isolation.binder=driver",
                "spring.datasource.driver-class-name=org.postgresql.Driver",
                "spring.datasource.hikari.maximum-pool-size=1"
            })
    void it_is_the_driver_where_that_works(String property, CapturedOutput output) {
        try (var service = Service.start(NotesApplication.class, Service.on(database, property))) {
            serves(service, "dataSource", IN_THE_DRIVER);
        }
        assertThat(output).containsOnlyOnce("Transactions of DataSource 'dataSource' are bound by binder driver");
    }

    @Test
    void connection_details_that_name_another_driver_do_not_prevent_it() {
        var application = new Class<?>[] {NotesApplication.class, Details.class};
        try (var service = Service.start(application, Service.on(database))) {
            serves(service, "dataSource", IN_THE_DRIVER);
        }
    }

    @Test
    void it_is_plain_on_demand(CapturedOutput output) {
        var plain = Service.on(database, "tenancy.isolation.binder=plain");
        try (var service = Service.start(NotesApplication.class, plain)) {
            serves(service, "dataSource", "plain: isolation.binder is plain");
        }
        assertThat(output).doesNotContain("are bound by binder driver");
    }

    @Test
    void CN_28_a_pool_that_makes_its_connections_itself_is_bound_plainly_and_told_once(CapturedOutput output) {
        try (var service = Service.start(
                new Class<?>[] {NotesApplication.class, OwnKind.class},
                Service.on(database, "tenancy.control_plane.url=" + database.jdbcUrl()))) {
            serves(
                    service,
                    "own",
                    "plain: the pool's connections are not of driver class " + TenancyDriver.class.getName());
        }
        assertThat(output).containsOnlyOnce("Transactions of DataSource 'own' are bound by binder plain");
    }

    @Test
    void CN_28_where_the_driver_is_demanded_the_same_ends_the_start(CapturedOutput output) {
        var demanding = Service.on(
                database, "tenancy.control_plane.url=" + database.jdbcUrl(), "tenancy.isolation.binder=driver");

        assertThatThrownBy(() -> Service.start(new Class<?>[] {NotesApplication.class, OwnKind.class}, demanding)
                        .close())
                .isInstanceOf(Exception.class);

        assertThat(output).contains("APPLICATION FAILED TO START", "isolation.binder is driver, but", "set it to auto");
    }

    @Test
    void health_is_down_while_nothing_can_be_bound() {
        try (var service = Service.start(
                NotesApplication.class, Service.on(database, "spring.datasource.hikari.connection-timeout=500"))) {
            var health = service.bean("tenantIsolationHealthIndicator", HealthIndicator.class);
            database.execute(Role.SUPERUSER, "alter role tenancy_app nologin");
            try {
                database.execute(
                        Role.SUPERUSER,
                        "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'tenancy_app'");

                assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
            } finally {
                database.execute(Role.SUPERUSER, "alter role tenancy_app login");
            }
            awaitUp(health);
        }
    }

    /** A pool goes on to try for itself. */
    private static void awaitUp(HealthIndicator health) {
        var deadline = System.nanoTime() + 20_000_000_000L;
        while (!health.health().getStatus().equals(Status.UP)) {
            assertThat(System.nanoTime()).as("the time until it is up again").isLessThan(deadline);
        }
    }

    private static void serves(Service service, String dataSource, String binder) {
        if (service.bean(TenantProvider.class).listTenants(false).isEmpty()) {
            Notes.createTenants(service);
        }
        service.post("/notes", Tokens.of("ann", "acme"), "of acme");
        assertThat(service.get("/notes", Tokens.of("ann", "acme")).body()).contains("of acme");
        assertThat(service.get("/notes", Tokens.of("bob", "globex")).body()).isEqualTo("[]");

        var health = service.bean("tenantIsolationHealthIndicator", HealthIndicator.class)
                .health();
        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails()).containsEntry(dataSource, binder);
        var info = new Info.Builder();
        service.bean("tenancyInfoContributor", InfoContributor.class).contribute(info);
        assertThat(info.build().getDetails().toString()).contains(dataSource + "=" + binder);
    }

    private static Map<String, Object> details(Service service) {
        var health = service.bean("tenantIsolationHealthIndicator", HealthIndicator.class)
                .health();
        assertThat(health.getStatus()).isEqualTo(Status.UP);
        return health.getDetails();
    }

    @Configuration
    static class Details {

        @Bean
        JdbcConnectionDetails details() {
            return new JdbcConnectionDetails() {

                @Override
                public String getUsername() {
                    return Role.APP.login();
                }

                @Override
                public String getPassword() {
                    return "";
                }

                @Override
                public String getJdbcUrl() {
                    return database.jdbcUrl();
                }

                @Override
                public String getDriverClassName() {
                    return "org.postgresql.Driver";
                }
            };
        }
    }

    @Configuration
    static class OwnKind {

        @Bean
        DataSource own() {
            var pool = new HikariDataSource();
            pool.setDataSource(database.as(Role.APP));
            return pool;
        }

        @Bean(defaultCandidate = false)
        DataSource second() {
            var pool = new HikariDataSource();
            pool.setJdbcUrl(database.jdbcUrl());
            pool.setUsername(Role.APP.login());
            return pool;
        }
    }
}
