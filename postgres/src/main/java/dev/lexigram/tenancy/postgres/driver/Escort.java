package dev.lexigram.tenancy.postgres.driver;

import java.sql.SQLException;
import org.postgresql.core.TransactionState;

/**
 * Decides what travels with the statements of a borrowed connection. All calls but {@link #mayHearNotifications} happen
 * under the lock of the connection, so one execution at a time.
 */
public interface Escort {

    /**
     * Lets the current caller read on in a result.
     *
     * @throws SQLException if not; nothing has been sent then
     */
    void admit() throws SQLException;

    /**
     * What travels with a text that is about to be sent as one statement.
     *
     * @param state what the server has said last
     * @param autoCommit whether what is sent while nothing is open becomes a transaction of its own
     * @throws SQLException if it must not be executed; nothing has been sent then
     */
    Script plan(String text, TransactionState state, boolean autoCommit) throws SQLException;

    /** As the other, for several statements that are about to be sent together. */
    Script plan(String[] texts, TransactionState state, boolean autoCommit) throws SQLException;

    /** Whether this text can name anything that is looked up where it is bound to. */
    boolean looksUp(String text);

    /** All that was planned last has succeeded. May refuse, unchecked, what has come of it. */
    void succeeded();

    /**
     * Some of what was planned last has failed, first of all with this; the rest has not been executed. May raise something
     * else, unchecked, instead of what the application would get.
     */
    void failed(Throwable first);

    /** Whether what cannot be escorted is executed nevertheless; asked each time. */
    boolean letsUnbound();

    /** Whether the borrower may learn what the session has been notified of. */
    boolean mayHearNotifications();
}
