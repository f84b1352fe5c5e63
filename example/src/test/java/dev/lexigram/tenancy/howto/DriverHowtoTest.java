package dev.lexigram.tenancy.howto;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.lexigram.tenancy.TenancyConfig;
import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.postgres.driver.TenancyDriver;
import dev.lexigram.tenancy.postgres.isolation.SelfTestedBinder;
import dev.lexigram.tenancy.postgres.isolation.TenantDataSource;
import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@TenancyTest
class DriverHowtoTest {

    @Test
    void a_pool_is_given_the_driver_by_name(TestDatabase database) {
        var config = TenancyConfig.DEFAULTS;
        var url = database.jdbcUrl() + "?user=" + Role.APP.login();
        TenantDataSource.Proof proved = () -> false;
        // tag::driver[]
        var pool = new HikariConfig();
        pool.setJdbcUrl(url);
        pool.setDriverClassName(TenancyDriver.class.getName());
        var dataSource = new HikariDataSource(pool);
        var tenants = TenantDataSource.rowLevel(
                dataSource, new SelfTestedBinder("orders", dataSource, config.isolation()), proved);
        // end::driver[]
        var acme = Tenant.active(TenantId.of("acme"), Slug.of("acme"), "Acme", Instant.EPOCH);

        var bound = TenantContext.callAs(
                acme,
                () -> JdbcClient.create(tenants)
                        .sql("select current_setting('tenancy.tenant_id')")
                        .query(String.class)
                        .single());

        assertThat(bound).isEqualTo("acme");
        assertThat(tenants).hasToString("TenantDataSource[binder=driver]");
        dataSource.close();
    }
}
