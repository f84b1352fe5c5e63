package dev.lexigram.tenancy.postgres.isolation;

import dev.lexigram.tenancy.postgres.driver.Escort;
import dev.lexigram.tenancy.postgres.driver.Script;
import dev.lexigram.tenancy.postgres.driver.TenancyConnection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.TransactionState;

/**
 * Binds the transactions of one lease within the driver. Where a transaction begins and ends is told by the server, so a
 * BEGIN or COMMIT in a text is as good as a call of the connection.
 */
final class DriverTransaction implements Escort {

    private final Lease lease;
    private final TenancyConnection connection;
    private final BoundValue value;
    private final SqlTexts texts;
    private final boolean roleIsAssumed;
    private final boolean alone;
    private TransactionBinding binding = TransactionBinding.NONE;
    private TransactionBinding planned = TransactionBinding.NONE;
    private boolean configuring;

    private DriverTransaction(
            Lease lease,
            TenancyConnection connection,
            BoundValue value,
            SqlTexts texts,
            boolean roleIsAssumed,
            boolean alone) {
        this.lease = lease;
        this.connection = connection;
        this.value = value;
        this.texts = texts;
        this.roleIsAssumed = roleIsAssumed;
        this.alone = alone;
    }

    /** In a database of several tenants: each transaction is bound. */
    static DriverTransaction bound(
            Lease lease, TenancyConnection connection, BoundValue value, SqlTexts texts, boolean roleIsAssumed) {
        return new DriverTransaction(lease, connection, value, texts, roleIsAssumed, false);
    }

    /** In a database of one tenant: nothing travels along, and who uses the connection is looked at all the same. */
    static DriverTransaction alone(Lease lease, TenancyConnection connection, BoundValue value, SqlTexts texts) {
        return new DriverTransaction(lease, connection, value, texts, false, true);
    }

    @Override
    public void admit() throws SQLException {
        lease.check();
    }

    @Override
    public Script plan(String text, TransactionState state, boolean autoCommit) throws SQLException {
        var sql = admitted(text);
        if (alone) {
            return Script.leading(Script.Lead.NOTHING);
        }
        if (sql.statements() > 1 && sql.controlsTransactions()) {
            if (lease.lets()) {
                planned = TransactionBinding.UNSURE;
                return Script.leading(Script.Lead.NOTHING);
            }
            throw refused("In the simple query mode a text of several statements cannot begin or end transactions,"
                    + " as the binding to the tenant would end unseen");
        }
        if (state == TransactionState.FAILED) {
            planned =
                    sql.control() == TransactionControl.ROLLBACK ? TransactionBinding.NONE : TransactionBinding.UNSURE;
            return Script.leading(Script.Lead.NOTHING);
        }
        if (state == TransactionState.IDLE) {
            beginAnew();
            if (autoCommit && TransactionPlan.needsBinding(sql)) {
                planned = TransactionBinding.NONE;
                return Script.enclosing(binding.after(sql).beforeEnd());
            }
        }
        planned = binding.after(sql);
        return Script.leading(binding.before(sql));
    }

    @Override
    public Script plan(String[] several, TransactionState state, boolean autoCommit) throws SQLException {
        if (state == TransactionState.IDLE) {
            beginAnew();
        }
        var plan = new TransactionPlan(several.length, binding, state, autoCommit);
        var previous = "";
        var sql = SqlText.ORDINARY;
        for (var text : several) {
            if (!text.equals(previous)) {
                sql = admitted(text);
                previous = text;
            }
            plan.add(sql);
        }
        if (alone) {
            return Script.leading(Script.Lead.NOTHING);
        }
        planned = plan.result().afterFailure(); // a text of several statements is seldom the application's own
        return plan.script();
    }

    @Override
    public boolean looksUp(String text) {
        return !alone && TransactionPlan.needsBinding(texts.of(text));
    }

    @Override
    public void succeeded() {
        binding = planned;
        if (roleIsAssumed && "on".equals(connection.getParameterStatus("is_superuser"))) {
            throw BrokenBinding.wrongRole(lease, null);
        }
    }

    @Override
    public void failed(Throwable first) {
        binding = binding.afterFailure();
        planned = binding;
        var broken = BrokenBinding.told(first, lease);
        if (broken != null) {
            throw broken;
        }
    }

    /** Only a borrower that did something out of the ordinary can have asked for notifications. */
    @Override
    public boolean mayHearNotifications() {
        if (lease.isDoubtful()) {
            return true;
        }
        lease.doubt();
        return false;
    }

    @Override
    public boolean letsUnbound() {
        return alone || lease.lets();
    }

    /** Makes a call that sets something which the lease sets back; some are texts to the driver. */
    @Nullable
    Object configuring(JdbcCall call) throws SQLException {
        configuring = true;
        try {
            return call.proceed();
        } finally {
            configuring = false;
        }
    }

    /** Ends the lease; what is open is rolled back, or ended with the connection. */
    void close() throws SQLException {
        if (!lease.isOver()) {
            connection.vacate();
            if (!connection.isClosed()
                    && connection.getTransactionState() != TransactionState.IDLE
                    && connection.getAutoCommit()) {
                lease.doubt(); // begun by a text, so that no pool would end it
            }
        }
        lease.release();
    }

    private void beginAnew() throws SQLException {
        binding = TransactionBinding.NONE;
        if (value.renew()) {
            connection.setValue(value.text());
        }
    }

    private SqlText admitted(String text) throws SQLException {
        var sql = texts.of(text);
        if (sql.control() == TransactionControl.ROLLBACK || sql.control() == TransactionControl.ROLLBACK_TO) {
            lease.requireOpen(); // allowed under every tenant
        } else {
            lease.check();
        }
        if (sql.control() == TransactionControl.TWO_PHASE && !lease.lets()) {
            throw refused("Two-phase commit would end a transaction away from its binding to the tenant");
        }
        if (!configuring) {
            lease.beforeText(sql);
        }
        return sql;
    }

    private static SQLException refused(String why) {
        return new SQLFeatureNotSupportedException(
                why + "; use setAutoCommit, commit, rollback and setSavepoint of the connection.", "0A000");
    }
}
