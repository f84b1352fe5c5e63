package dev.lexigram.tenancy.postgres.isolation;

import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.tenant.Tenant;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Binds on public JDBC alone, whatever the pool and the version of the driver: the binding is a statement of its own, one
 * round trip more in a transaction and two more for a statement in autocommit, which runs in a transaction of its own.
 *
 * <p>What it cannot do, it refuses: transaction control in the text of a statement, statements that may not run inside
 * a transaction, and access to the driver's own classes. A batch in autocommit is stored as a whole or not at all.
 */
public final class PlainTransactionBinder implements TransactionBinder {

    private final BindingSql sql;
    private final BindingSql ofSchema;
    private final BindingSql ofDatabase; // whose login takes on no role
    private final @Nullable WouldBeRefusals refusals;
    private final @Nullable TenantSeal seal;
    private final Pooler pooler;

    /** Binds through this setting; the login is expected to have no more rights than the application needs. */
    public PlainTransactionBinder(String settingName) {
        this(IsolationConfig.DEFAULTS.withSettingName(settingName));
    }

    /** Binds through the configured setting, and checks that the configured role is assumed, if there is one. */
    public PlainTransactionBinder(IsolationConfig config) {
        this(config, null, null, Pooler.NONE);
    }

    /** The same, and signs with the key of this source where {@code isolation.sealed} is set. */
    public PlainTransactionBinder(IsolationConfig config, SealKeySource keys) {
        this(config, null, keys, Pooler.NONE);
    }

    /** Refuses as little as it can and records it, if there is where to; behind a pooler, refuses what it would share. */
    PlainTransactionBinder(
            IsolationConfig config, @Nullable WouldBeRefusals refusals, @Nullable SealKeySource keys, Pooler pooler) {
        this.pooler = pooler;
        this.seal = BoundValue.seal(config, keys);
        this.refusals = refusals;
        this.sql = BindingSql.of(config);
        this.ofSchema = BindingSql.ofSchema(config);
        this.ofDatabase = BindingSql.of(
                IsolationConfig.DEFAULTS.withSettingName(config.settingName()).withLimits(config.limits()));
    }

    @Override
    public String name() {
        return "plain";
    }

    @Override
    public Connection bind(Connection borrowed, Optional<Tenant> captured) throws SQLException {
        return bind(borrowed, captured, sql);
    }

    @Override
    public Connection bindToSchema(Connection borrowed, Tenant captured) throws SQLException {
        return bind(borrowed, Optional.of(captured), ofSchema);
    }

    /** Binds there as well: who changes the binding is noticed. */
    @Override
    public Connection bindToDatabase(Connection borrowed, Tenant captured) throws SQLException {
        var value = BoundValue.of(null, borrowed, Optional.of(captured));
        var lease = new Lease(borrowed, Optional.of(captured), null, false);
        return new JdbcProxies(lease, new PlainTransaction(lease, ofDatabase, value)).connection();
    }

    private Connection bind(Connection borrowed, Optional<Tenant> captured, BindingSql statements) throws SQLException {
        var value = BoundValue.of(seal, borrowed, captured);
        var observer = refusals == null ? null : new Observer(refusals, captured);
        var lease = pooler.before(new Lease(borrowed, captured, observer, statements == ofSchema));
        var bound = new JdbcProxies(lease, new PlainTransaction(lease, statements, value)).connection();
        return observer == null ? bound : ObservedJdbc.of(bound, observer);
    }
}
