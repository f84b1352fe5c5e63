package dev.lexigram.tenancy.postgres.driver;

import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGNotification;
import org.postgresql.core.QueryExecutor;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.util.HostSpec;

/**
 * A connection of the driver that can be given an {@link Escort} while it is borrowed. Without one it is an ordinary
 * connection.
 */
public final class TenancyConnection extends PgConnection {

    private static final PGNotification[] NONE = {};

    private final EscortedExecutor escorted;
    private final @Nullable QueryExecutor executor; // null while the driver's constructor runs

    TenancyConnection(HostSpec[] hosts, Properties properties, String url) throws SQLException {
        super(hosts, properties, url);
        var own = super.getQueryExecutor();
        this.escorted = new EscortedExecutor(own);
        this.executor = ExecutorProxy.of(own, escorted);
    }

    /**
     * From now on nothing is executed without this escort, and its companions have this value.
     *
     * @throws SQLException if the server does not take the companions
     */
    public void occupy(Escort escort, CompanionTexts texts, String value) throws SQLException {
        escorted.occupy(escort, texts, value, getPrepareThreshold() != 0);
    }

    /** Replaces the value of the companions while the connection is occupied; for the escort, between transactions. */
    public void setValue(String value) throws SQLException {
        escorted.setValue(value);
    }

    /** From now on this is an ordinary connection again. */
    public void vacate() {
        escorted.vacate();
    }

    @Override
    public QueryExecutor getQueryExecutor() {
        return executor == null ? super.getQueryExecutor() : executor;
    }

    /** Those that reach a borrower who may not hear them are dropped. */
    @Override
    public PGNotification[] getNotifications(int timeoutMillis) throws SQLException {
        var notifications = super.getNotifications(timeoutMillis);
        return escorted.mayHearNotifications() ? notifications : NONE;
    }
}
