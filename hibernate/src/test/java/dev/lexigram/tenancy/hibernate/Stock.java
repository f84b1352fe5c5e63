package dev.lexigram.tenancy.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.isolation.KeyVariant;
import dev.lexigram.tenancy.postgres.isolation.PlainTransactionBinder;
import dev.lexigram.tenancy.postgres.isolation.RowLevelPolicies;
import dev.lexigram.tenancy.postgres.isolation.TenantDataSource;
import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.engine.spi.SessionFactoryImplementor;

/**
 * The tables of these tests: an item of acme under id 10, one of globex under 20, and where keys allow it one of each
 * under 1.
 */
final class Stock implements AutoCloseable {

    static final Tenant ACME = tenant("acme");
    static final Tenant GLOBEX = tenant("globex");
    static final long BOTH = 1;
    static final long OF_ACME = 10;
    static final long OF_GLOBEX = 20;

    private static final String TABLES = """
            create table item (id bigint primary key, sku text not null unique, name text not null);
            create table item_detail (item_id bigint primary key, description text);
            create table item_tag (item_id bigint, tag text, primary key (item_id, tag));
            """;

    /** What an application has that relies on Hibernate alone. */
    private static final String UNPROTECTED = """
            alter table item add tenant_id text not null default 'acme' check (tenant_id <> '');
            alter table item_detail add tenant_id text not null default 'acme';
            alter table item_tag add tenant_id text not null default 'acme';
            grant select, insert, update, delete on item, item_detail, item_tag to tenancy_app;
            """;

    private static final String ROWS = """
            set lock_timeout = '10s';
            truncate item, item_detail, item_tag;
            insert into item (tenant_id, id, sku, name) values
              ('acme', 10, 'S10', 'acme 10'), ('globex', 20, 'S20', 'globex 20');
            """;

    private static final String SAME_KEY = """
            insert into item (tenant_id, id, sku, name) values
              ('acme', 1, 'S1', 'acme 1'), ('globex', 1, 'S1', 'globex 1');
            """;

    private static final String DETAILS = """
            insert into item_detail (tenant_id, item_id, description)
              select tenant_id, id, name || ' in detail' from item;
            insert into item_tag (tenant_id, item_id, tag) select tenant_id, id, name || ' tagged' from item;
            """;

    private static final String STATE = """
            select string_agg(line, ';' order by line) from (
              select concat_ws(',', 'item', id, sku, name) as line from item where tenant_id = ?
              union all select concat_ws(',', 'detail', item_id, description) from item_detail where tenant_id = ?
              union all select concat_ws(',', 'tag', item_id, tag) from item_tag where tenant_id = ?) rows
            """;

    private final TestDatabase database;
    private final String rows;
    private final HikariDataSource pool;

    private Stock(TestDatabase database, String rows) {
        this.database = database;
        this.rows = rows;
        var config = new HikariConfig();
        config.setJdbcUrl(database.jdbcUrl());
        config.setUsername(Role.APP.login());
        config.setMaximumPoolSize(2);
        config.setConnectionTimeout(10_000);
        pool = new HikariDataSource(config);
    }

    /** Tables with the policies of the library. */
    static Stock withPolicies(TestDatabase database, KeyVariant keys) {
        database.execute(Role.MIGRATOR, TABLES);
        RowLevelPolicies.forTables("item", "item_detail", "item_tag")
                .withKeys(keys)
                .apply(database.as(Role.MIGRATOR));
        return new Stock(database, keys == KeyVariant.TENANT_FIRST ? ROWS + SAME_KEY + DETAILS : ROWS + DETAILS);
    }

    /** The same tables, which the database protects from nobody. */
    static Stock unprotected(TestDatabase database) {
        database.execute(Role.MIGRATOR, TABLES + UNPROTECTED);
        return new Stock(database, ROWS + DETAILS);
    }

    void reset() {
        database.execute(Role.SUPERUSER, rows);
    }

    /** A tag of globex whose item has the same id as one of acme. */
    void tagOfGlobexAtItemOfAcme() {
        database.execute(
                Role.SUPERUSER,
                "insert into item_tag (tenant_id, item_id, tag) values ('globex', 10, 'globex tagged')");
    }

    /** All rows of this tenant, as the superuser sees them. */
    String rowsOf(Tenant tenant) {
        try (var connection = database.as(Role.SUPERUSER).getConnection();
                var statement = connection.prepareStatement(STATE)) {
            for (var parameter = 1; parameter <= 3; parameter++) {
                statement.setString(parameter, tenant.id().value());
            }
            try (var rows = statement.executeQuery()) {
                rows.next();
                return String.valueOf(rows.getString(1));
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Connections of the application, bound to the current tenant. */
    DataSource bound() {
        return TenantDataSource.rowLevel(unbound(), new PlainTransactionBinder(IsolationConfig.DEFAULTS), () -> true);
    }

    /** Connections of the application as the driver gives them. */
    DataSource unbound() {
        return pool;
    }

    /** Ends the pool. @throws AssertionError if a session has not given its connection back */
    @Override
    public void close() {
        var borrowed = pool.getHikariPoolMXBean().getActiveConnections();
        pool.close();
        assertThat(borrowed).as("connections not given back").isZero();
    }

    /** A factory whose sessions are tied to tenants. */
    static SessionFactory tied(DataSource dataSource) {
        return build(dataSource, TenantSessions.settings(), PlainItem.class, MarkedItem.class, Draft.class);
    }

    /** A factory as it is without this module. */
    static SessionFactory untied(DataSource dataSource) {
        return build(dataSource, Map.of(), PlainItem.class, Draft.class);
    }

    /** With every cache that Hibernate has, of its own. */
    static SessionFactory build(DataSource dataSource, Map<String, Object> more, Class<?>... entities) {
        var settings = new HashMap<String, Object>(Map.of(
                AvailableSettings.JAKARTA_NON_JTA_DATASOURCE,
                dataSource,
                AvailableSettings.USE_SECOND_LEVEL_CACHE,
                true,
                AvailableSettings.USE_QUERY_CACHE,
                true,
                AvailableSettings.CACHE_REGION_FACTORY,
                "jcache",
                AvailableSettings.CACHE_REGION_PREFIX,
                UUID.randomUUID().toString(),
                AvailableSettings.GENERATE_STATISTICS,
                true,
                "hibernate.javax.cache.missing_cache_strategy",
                "create",
                "hibernate.javax.cache.provider",
                "com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider"));
        settings.putAll(more);
        var registry =
                new StandardServiceRegistryBuilder().applySettings(settings).build();
        return new MetadataSources(registry)
                .addAnnotatedClasses(entities)
                .buildMetadata()
                .buildSessionFactory();
    }

    /** And forgets when tables were changed: what was broken off would outdate results for a minute. */
    static void emptyCaches(SessionFactory factory) {
        factory.getCache().evictAllRegions();
        factory.unwrap(SessionFactoryImplementor.class)
                .getCache()
                .getTimestampsCache()
                .clear();
    }

    private static Tenant tenant(String name) {
        return Tenant.active(TenantId.of(name), Slug.of(name), name, Instant.EPOCH);
    }
}
