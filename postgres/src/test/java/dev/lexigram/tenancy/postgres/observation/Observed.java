package dev.lexigram.tenancy.postgres.observation;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.isolation.AdoptionMode;
import dev.lexigram.tenancy.isolation.BinderChoice;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.driver.TenancyDriver;
import dev.lexigram.tenancy.postgres.isolation.SelfTestedBinder;
import dev.lexigram.tenancy.postgres.isolation.TenantDataSource;
import dev.lexigram.tenancy.postgres.isolation.WouldBeRefusal;
import dev.lexigram.tenancy.postgres.isolation.WouldBeRefusals;
import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** An application in report mode: its DataSource, and what was recorded of it. */
final class Observed implements AutoCloseable {

    static final Tenant ACME = tenant("acme");
    static final Tenant GLOBEX = tenant("globex");

    private final HikariDataSource pool;
    private final WouldBeRefusals refusals = new WouldBeRefusals();
    private final TenantDataSource tenants;
    private List<WouldBeRefusal> before = List.of();

    /** Over the tables of this database, with the binder that is asked for. */
    Observed(TestDatabase database, BinderChoice choice) {
        var config = new HikariConfig();
        config.setJdbcUrl(database.jdbcUrl());
        config.setUsername(Role.APP.login());
        config.setDriverClassName(TenancyDriver.class.getName());
        config.setMaximumPoolSize(2);
        pool = new HikariDataSource(config);
        var isolation = IsolationConfig.DEFAULTS.withBinder(choice).withAdoption(AdoptionMode.REPORT);
        tenants = TenantDataSource.rowLevel(pool, new SelfTestedBinder("app", pool, isolation, refusals), () -> true);
    }

    /** Something that an application does with a connection. */
    interface Work {
        void with(Connection connection) throws Exception;
    }

    void unbound(Work work) throws Exception {
        try (var connection = tenants.getConnection()) {
            work.with(connection);
        }
    }

    void as(Tenant tenant, Work work) throws Exception {
        TenantContext.<Exception>runAs(tenant, () -> unbound(work));
    }

    Connection borrow() throws SQLException {
        return tenants.getConnection();
    }

    WouldBeRefusals refusals() {
        return refusals;
    }

    /** What was recorded since the last time, as {@code KIND table count}. */
    List<String> recorded() {
        var counts = before.stream().collect(Collectors.toMap(Observed::place, WouldBeRefusal::count));
        before = refusals.entries();
        return before.stream()
                .map(refusal -> line(refusal, refusal.count() - counts.getOrDefault(place(refusal), 0L)))
                .filter(line -> !line.endsWith(" 0"))
                .sorted()
                .toList();
    }

    private static List<Object> place(WouldBeRefusal refusal) {
        return List.of(refusal.kind(), refusal.table(), refusal.location());
    }

    private static String line(WouldBeRefusal refusal, long count) {
        return (refusal.kind() + " " + refusal.table() + " " + count).replace("  ", " ");
    }

    @Override
    public void close() {
        pool.close();
    }

    private static Tenant tenant(String name) {
        return Tenant.active(TenantId.of(name), Slug.of(name), name, Instant.EPOCH);
    }
}
