package dev.lexigram.tenancy.postgres.isolation;

import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.driver.CompanionTexts;
import dev.lexigram.tenancy.postgres.driver.TenancyConnection;
import dev.lexigram.tenancy.postgres.driver.TenancyDriver;
import dev.lexigram.tenancy.tenant.Tenant;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Binds within the driver, in the round trips that the application's statements take anyway, and on every path: prepared,
 * plain and callable statements, batches, cursors, COPY, also after {@code unwrap}. Needs a pool whose driver class is
 * {@link TenancyDriver}.
 *
 * <p>What it cannot do, it refuses: COPY in autocommit, large objects and the fast path, two-phase commit. A batch in
 * autocommit is stored as a whole or not at all.
 */
public final class DriverTransactionBinder implements TransactionBinder {

    private final CompanionTexts companions;
    private final CompanionTexts ofSchema;
    private final boolean roleIsAssumed;
    private final @Nullable WouldBeRefusals refusals;
    private final @Nullable TenantSeal seal;
    private final Pooler pooler;
    private final SqlTexts known = new SqlTexts();

    /** Binds through the configured setting, and checks that the configured role is assumed, if there is one. */
    public DriverTransactionBinder(IsolationConfig config) {
        this(config, null, null, Pooler.NONE);
    }

    /** The same, and signs with the key of this source where {@code isolation.sealed} is set. */
    public DriverTransactionBinder(IsolationConfig config, SealKeySource keys) {
        this(config, null, keys, Pooler.NONE);
    }

    /** Refuses nothing and records it, if there is where to; behind a pooler, refuses what it would share. */
    DriverTransactionBinder(
            IsolationConfig config, @Nullable WouldBeRefusals refusals, @Nullable SealKeySource keys, Pooler pooler) {
        this.pooler = pooler;
        this.seal = BoundValue.seal(config, keys);
        this.refusals = refusals;
        this.companions = companions(BindingSql.of(config), false);
        this.ofSchema = companions(BindingSql.ofSchema(config), true);
        this.roleIsAssumed = config.assumeRole().isPresent();
    }

    @Override
    public String name() {
        return "driver";
    }

    @Override
    public Connection bind(Connection borrowed, Optional<Tenant> captured) throws SQLException {
        return bind(borrowed, captured, companions);
    }

    @Override
    public Connection bindToSchema(Connection borrowed, Tenant captured) throws SQLException {
        return bind(borrowed, Optional.of(captured), ofSchema);
    }

    @Override
    public Connection bindToDatabase(Connection borrowed, Tenant captured) throws SQLException {
        var connection = borrowed.unwrap(TenancyConnection.class);
        var value = BoundValue.of(null, connection, Optional.of(captured));
        var lease = new Lease(borrowed, Optional.of(captured), null, false);
        return occupied(
                connection, lease, DriverTransaction.alone(lease, connection, value, known), companions, value.text());
    }

    private Connection bind(Connection borrowed, Optional<Tenant> captured, CompanionTexts texts) throws SQLException {
        var connection = borrowed.unwrap(TenancyConnection.class);
        var value = BoundValue.of(seal, connection, captured);
        var observer = refusals == null ? null : new Observer(refusals, captured);
        var lease = pooler.before(new Lease(borrowed, captured, observer, texts.decidesNames()));
        var transaction = DriverTransaction.bound(lease, connection, value, known, roleIsAssumed);
        var bound = occupied(connection, lease, transaction, texts, value.text());
        return observer == null ? bound : ObservedJdbc.of(bound, observer);
    }

    private static Connection occupied(
            TenancyConnection connection,
            Lease lease,
            DriverTransaction transaction,
            CompanionTexts texts,
            String value)
            throws SQLException {
        try {
            connection.occupy(transaction, texts, value);
        } catch (SQLException failure) {
            transaction.failed(failure);
            throw failure;
        }
        return LeasedConnection.of(lease, transaction);
    }

    private static CompanionTexts companions(BindingSql sql, boolean decidesNames) {
        return new CompanionTexts(sql.bind(), sql.renew(), sql.check(), decidesNames);
    }
}
