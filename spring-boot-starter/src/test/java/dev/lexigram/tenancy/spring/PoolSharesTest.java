package dev.lexigram.tenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.lifecycle.TenantProvider;
import dev.lexigram.tenancy.spring.app.NotesApplication;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantCapacityException;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.testkit.PostgresServer;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.Connection;
import java.util.concurrent.FutureTask;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.jdbc.metadata.AbstractDataSourcePoolMetadata;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadataProvider;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** P-3: one tenant's requests leave connections to the others. */
@ExtendWith(OutputCaptureExtension.class)
class PoolSharesTest {

    private static final String PATIENCE = "tenancy.pools.borrow-timeout=1";

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

    @Test
    void RX_01_a_tenant_with_its_share_in_use_is_told_to_come_back_and_others_are_served() throws Exception {
        try (var service = Service.start(NotesApplication.class, Service.on(database, PATIENCE))) {
            Notes.createTenants(service);
            try (var first = lent("acme", service);
                    var second = lent("acme", service)) {
                var refused = service.get("/notes", Tokens.of("ann", "acme"));

                assertThat(refused.statusCode()).isEqualTo(503);
                assertThat(refused.body()).contains("LEX_ERR_TENANT_016").doesNotContain("acme");
                assertThat(refused.headers().firstValue("Retry-After")).isPresent();
                assertThat(service.get("/notes", Tokens.of("bob", "globex")).statusCode())
                        .isEqualTo(200);
            }
            assertThat(service.get("/notes", Tokens.of("ann", "acme")).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void RX_01_control_where_one_tenant_may_have_all_others_find_none() throws Exception {
        try (var service = Service.start(
                NotesApplication.class,
                Service.on(
                        database,
                        "tenancy.pools.tenant-share=1",
                        "spring.datasource.hikari.maximum-pool-size=2",
                        "spring.datasource.hikari.connection-timeout=300"))) {
            Notes.createTenants(service);
            try (var first = lent("acme", service);
                    var second = lent("acme", service)) {
                assertThat(service.get("/notes", Tokens.of("bob", "globex")).statusCode())
                        .isEqualTo(500);
            }
        }
    }

    @Test
    void a_share_of_any_pool_whose_size_spring_boot_knows_is_limited() throws Exception {
        try (var service = Service.start(
                new Class<?>[] {NotesApplication.class, Unpooled.class, KnownSize.class}, withControlPlane())) {
            Notes.createTenants(service);
            try (var first = lent("acme", service);
                    var second = lent("acme", service)) {
                assertThatThrownBy(() -> lent("acme", service).close())
                        .hasCauseInstanceOf(TenantCapacityException.class)
                        .hasMessageContaining("2 of the pool's 7");
            }
        }
    }

    @Test
    void of_a_pool_without_a_size_nothing_is_limited_and_the_log_says_so(CapturedOutput output) throws Exception {
        try (var service = Service.start(new Class<?>[] {NotesApplication.class, Unpooled.class}, withControlPlane())) {
            Notes.createTenants(service);
            try (var first = lent("acme", service);
                    var second = lent("acme", service);
                    var third = lent("acme", service)) {
                assertThat(third.isValid(1)).isTrue();
            }
            assertThat(output).contains("How many connections DataSource 'mine' has is not known");
        }
    }

    @Test
    void while_an_application_is_only_observed_nothing_is_limited() throws Exception {
        try (var service = Service.start(
                NotesApplication.class,
                Service.on(database, PATIENCE, "tenancy.isolation.adoption=report", "tenancy.isolation.audit=warn"))) {
            Notes.createTenants(service);
            try (var first = lent("acme", service);
                    var second = lent("acme", service);
                    var third = lent("acme", service)) {
                assertThat(third.isValid(1)).isTrue();
            }
        }
    }

    private static String[] withControlPlane() {
        return Service.on(database, PATIENCE, "tenancy.control-plane.url=" + database.jdbcUrl());
    }

    private static Connection lent(String name, Service service) throws Exception {
        Tenant tenant =
                service.bean(TenantProvider.class).getTenant(TenantId.of(name)).orElseThrow();
        var borrowing =
                new FutureTask<>(() -> TenantContext.callAs(tenant, service.bean(DataSource.class)::getConnection));
        new Thread(borrowing).start(); // as another request
        return borrowing.get();
    }

    @Configuration
    static class Unpooled {
        @Bean
        DataSource mine() {
            return database.as(Role.APP);
        }
    }

    @Configuration
    static class KnownSize {
        @Bean
        DataSourcePoolMetadataProvider sevenOfEach() {
            return dataSource -> new AbstractDataSourcePoolMetadata<>(dataSource) {
                @Override
                public Integer getActive() {
                    return 0;
                }

                @Override
                public Integer getMax() {
                    return 7;
                }

                @Override
                public Integer getMin() {
                    return 0;
                }

                @Override
                public String getValidationQuery() {
                    return "select 1";
                }

                @Override
                public Boolean getDefaultAutoCommit() {
                    return true;
                }
            };
        }
    }
}
