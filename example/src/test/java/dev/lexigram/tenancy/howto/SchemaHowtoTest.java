package dev.lexigram.tenancy.howto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.lexigram.tenancy.Tenancy;
import dev.lexigram.tenancy.TenancyConfig;
import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.enforcement.InMemoryMembership;
import dev.lexigram.tenancy.lifecycle.CreateTenantCommand;
import dev.lexigram.tenancy.lifecycle.LifecycleConfig;
import dev.lexigram.tenancy.postgres.audit.TenancyAudit;
import dev.lexigram.tenancy.postgres.driver.TenancyDriver;
import dev.lexigram.tenancy.postgres.isolation.SchemaIsolationStrategy;
import dev.lexigram.tenancy.postgres.isolation.SelfTestedBinder;
import dev.lexigram.tenancy.postgres.isolation.TenantDataSource;
import dev.lexigram.tenancy.postgres.schema.FlywaySchemaMigrator;
import dev.lexigram.tenancy.postgres.schema.TenantSchemas;
import dev.lexigram.tenancy.stores.InMemoryTenantStore;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@TenancyTest
class SchemaHowtoTest {

    private final TenantStore store = new InMemoryTenantStore();
    private final InMemoryMembership members = new InMemoryMembership();

    private HikariDataSource pool;

    @BeforeEach
    void openPool(TestDatabase database) {
        var settings = new HikariConfig();
        settings.setJdbcUrl(database.jdbcUrl());
        settings.setUsername(Role.APP.login());
        settings.setDriverClassName(TenancyDriver.class.getName());
        pool = new HikariDataSource(settings);
    }

    @AfterEach
    void closePool() {
        pool.close();
    }

    @Test
    void each_new_tenant_gets_a_schema_and_its_connections_see_only_that(TestDatabase database) {
        DataSource migrator = database.as(Role.MIGRATOR);
        // tag::config[]
        TenancyConfig config =
                TenancyConfig.DEFAULTS.withLifecycle(LifecycleConfig.DEFAULTS.withIsolationStrategy("schema"));
        // end::config[]
        // tag::schemas[]
        var schemas = TenantSchemas.of(
                migrator, FlywaySchemaMigrator.of(config.isolation().schema()), config.isolation());
        var binder = new SelfTestedBinder("orders", pool, config.isolation());
        Tenancy tenancy = Tenancy.builder()
                .config(config)
                .store(store)
                .membership(members)
                .strategy(new SchemaIsolationStrategy(pool, binder, schemas))
                .build();
        schemas.prepare(); // what the audit looks for, before the first tenant
        TenancyAudit.of(pool, config.isolation()).run().requireProved();
        DataSource tenants = TenantDataSource.of(pool, binder, () -> true);
        // end::schemas[]
        var jdbc = JdbcClient.create(tenants);
        var acme = tenancy.tenants().createTenant(new CreateTenantCommand("acme", "Acme Inc."));
        var globex = tenancy.tenants().createTenant(new CreateTenantCommand("globex", "Globex Inc."));

        TenantContext.runAs(
                acme,
                () -> jdbc.sql("insert into orders (item) values ('anvil')").update());

        assertThat(TenantContext.callAs(acme, () -> items(jdbc))).containsExactly("anvil");
        assertThat(TenantContext.callAs(globex, () -> items(jdbc))).isEmpty();
        tenancy.close();
    }

    @Test
    void without_a_database_the_library_does_not_start() {
        TenancyConfig config =
                TenancyConfig.DEFAULTS.withLifecycle(LifecycleConfig.DEFAULTS.withIsolationStrategy("schema"));

        assertThatThrownBy(() -> Tenancy.builder()
                        .config(config)
                        .store(store)
                        .membership(members)
                        .build())
                .isInstanceOf(TenancyConfigurationException.class)
                .hasMessageContaining("lifecycle.isolation_strategy")
                .hasFieldOrPropertyWithValue("code", "LEX_ERR_TENANT_022");
    }

    private static List<String> items(JdbcClient jdbc) {
        return jdbc.sql("select item from orders").query(String.class).list();
    }
}
