package dev.lexigram.tenancy.postgres.stores;

import dev.lexigram.tenancy.cache.BusConfig;
import dev.lexigram.tenancy.cache.InvalidationBus;
import dev.lexigram.tenancy.cache.InvalidationSource;
import dev.lexigram.tenancy.isolation.Secret;
import dev.lexigram.tenancy.stores.ConfigSnapshot;
import dev.lexigram.tenancy.stores.ConfigUpdate;
import dev.lexigram.tenancy.stores.ControlPlaneConfig;
import dev.lexigram.tenancy.stores.LifecycleJournal;
import dev.lexigram.tenancy.stores.Outbox;
import dev.lexigram.tenancy.stores.PageCursor;
import dev.lexigram.tenancy.stores.TenantConfigProvider;
import dev.lexigram.tenancy.stores.TenantDeletions;
import dev.lexigram.tenancy.stores.TenantPage;
import dev.lexigram.tenancy.stores.TenantQuery;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantEvent;
import dev.lexigram.tenancy.tenant.TenantId;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Tenants and their configuration in PostgreSQL, in schema {@code tenancy}. It makes and upgrades its tables itself.
 *
 * <p>It needs a login of its own, {@code tenancy_control} of {@code roles.sql}: the application's login must be able to
 * read none of this. Never give it a DataSource that is bound to tenants.
 *
 * <p>Every change is announced to all nodes, and its events are opened to all listeners, in the transaction of the change.
 *
 * <p>Safe for use by many threads and nodes. A read is one statement, a save one transaction. A database that does not
 * answer is a {@code TenantUnavailableException}, after at most two seconds with a pool of its own; a save that ends so
 * may have been stored or not.
 */
public final class SqlTenantStore implements TenantStore, TenantConfigProvider, InvalidationSource, AutoCloseable {

    static final String BY_ID = TenantRow.SELECT + "where t.tenant_id = ?";

    static final String BY_SLUG = TenantRow.SELECT + """
            join tenancy.tenant_names n on n.tenant_id = t.tenant_id
            where lower(n.name) = ? and t.slug = ? and t.status not in ('failed', 'deleted')
            """;

    private static final OffsetDateTime BEGINNING = OffsetDateTime.MIN; // the driver sends -infinity

    static final String PAGE = TenantRow.SELECT + """
            where (t.created_at, t.tenant_id) > (?, ?)
            order by t.created_at, t.tenant_id limit ?
            """;

    static final String PAGE_OF_STATUS = TenantRow.SELECT + """
            where (t.created_at, t.tenant_id) > (?, ?) and t.status = ?
            order by t.created_at, t.tenant_id limit ?
            """;

    private final ControlPlaneDatabase database;
    private final DataSource listening;
    private final Optional<ControlPlanePool> opened;

    private SqlTenantStore(ControlPlaneDatabase database, DataSource listening, Optional<ControlPlanePool> opened) {
        this.database = database;
        this.listening = listening;
        this.opened = opened;
    }

    /**
     * Tenants in the database of this DataSource, which stays the caller's to close; the tables are made and upgraded.
     *
     * @throws dev.lexigram.tenancy.tenant.TenancyConfigurationException if the login may not make the tables
     */
    public static SqlTenantStore of(DataSource dataSource) {
        return of(dataSource, true);
    }

    /**
     * Tenants in the database of this DataSource, which stays the caller's to close.
     *
     * @param initialize whether tables are made and upgraded; if not, they must be there in the right version
     * @throws dev.lexigram.tenancy.tenant.TenancyConfigurationException if the tables are not as they must be
     */
    public static SqlTenantStore of(DataSource dataSource, boolean initialize) {
        var database = new ControlPlaneDatabase(dataSource);
        new ControlPlaneSchema(database).prepare(initialize);
        return new SqlTenantStore(database, dataSource, Optional.empty());
    }

    /** Tenants in this database, over a pool of two connections that {@link #close} closes; the tables are made. */
    public static SqlTenantStore of(String jdbcUrl, String user, String password) {
        return of(ControlPlaneConfig.DEFAULTS.withUrl(jdbcUrl).withUser(user).withPassword(password));
    }

    /**
     * Tenants where the configuration says, over a pool of two connections that {@link #close} closes.
     *
     * @throws dev.lexigram.tenancy.tenant.TenancyConfigurationException if there is no URL, the login is refused, or
     *     the tables are not as they must be
     */
    public static SqlTenantStore of(ControlPlaneConfig config) {
        var pool = ControlPlanePool.open(config);
        try {
            var database = new ControlPlaneDatabase(pool.dataSource());
            new ControlPlaneSchema(database).prepare(config.initialize());
            return new SqlTenantStore(database, ControlPlanePool.single(config), Optional.of(pool));
        } catch (RuntimeException failure) {
            pool.close();
            throw failure;
        }
    }

    /** Who belongs to which tenant, in the same database and over the same connections as this store. */
    public SqlTenantMembership membership() {
        return new SqlTenantMembership(database);
    }

    /** Who did what across tenants, in the same database and over the same connections as this store. */
    public SqlAuditTrail auditTrail() {
        return new SqlAuditTrail(database);
    }

    /** Secrets in the same database and over the same connections as this store. @param key 32 bytes in Base64 */
    public SqlSecretStore secrets(Secret key) {
        return new SqlSecretStore(database, key);
    }

    @Override
    public Optional<Tenant> findById(TenantId id) {
        return database.read(connection -> {
            try (var statement = connection.prepareStatement(BY_ID)) {
                statement.setString(1, id.value());
                return first(statement);
            }
        });
    }

    @Override
    public Optional<Tenant> findByName(String name) {
        return Slug.parse(name)
                .flatMap(slug -> database.read(connection -> {
                    try (var statement = connection.prepareStatement(BY_SLUG)) {
                        statement.setString(1, slug.value());
                        statement.setString(2, slug.value());
                        return first(statement);
                    }
                }));
    }

    @Override
    public TenantPage page(TenantQuery query) {
        var after = query.after().map(PageCursor::parse);
        var found = database.read(connection -> {
            try (var statement = connection.prepareStatement(query.status().isPresent() ? PAGE_OF_STATUS : PAGE)) {
                var index = 1;
                statement.setObject(
                        index++,
                        after.map(place -> TenantRow.time(place.createdAt())).orElse(BEGINNING));
                statement.setString(
                        index++, after.map(place -> place.id().value()).orElse(""));
                if (query.status().isPresent()) {
                    statement.setString(index++, query.status().get().wireName());
                }
                statement.setInt(index, query.limit() + 1);
                return all(statement);
            }
        });
        return TenantPage.of(found, query.limit());
    }

    @Override
    public Tenant save(Tenant tenant, long expectedVersion, List<TenantEvent> events) {
        return TenantWriter.save(database, tenant, expectedVersion, events);
    }

    @Override
    public Optional<LifecycleJournal> journal() {
        return Optional.of(new SqlLifecycleJournal(database));
    }

    @Override
    public Optional<TenantDeletions> deletions() {
        return Optional.of(new SqlTenantDeletions(database));
    }

    @Override
    public ConfigSnapshot snapshot(TenantId tenant) {
        return database.read(connection -> ConfigRows.read(connection, tenant));
    }

    @Override
    public ConfigSnapshot apply(TenantId tenant, ConfigUpdate update) {
        return ConfigRows.apply(database, tenant, update);
    }

    @Override
    public Optional<Outbox> outbox() {
        return Optional.of(new SqlOutbox(database));
    }

    /**
     * A bus over LISTEN and NOTIFY, on a connection of its own for as long as it is open. A store that was given a
     * DataSource borrows it there.
     */
    @Override
    public InvalidationBus invalidations(BusConfig config) {
        return NotifyBus.over(listening, config);
    }

    /** Closes what this store opened; a DataSource that was given to it stays open. */
    @Override
    public void close() {
        opened.ifPresent(ControlPlanePool::close);
    }

    private static Optional<Tenant> first(PreparedStatement statement) throws SQLException {
        try (var rows = statement.executeQuery()) {
            return rows.next() ? Optional.of(TenantRow.read(rows)) : Optional.empty();
        }
    }

    private static List<Tenant> all(PreparedStatement statement) throws SQLException {
        try (var rows = statement.executeQuery()) {
            var tenants = new ArrayList<Tenant>();
            while (rows.next()) {
                tenants.add(TenantRow.read(rows));
            }
            return tenants;
        }
    }
}
