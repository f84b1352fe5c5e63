package dev.lexigram.tenancy.postgres.isolation;

import dev.lexigram.tenancy.tenant.TenantIsolationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * The keys that the database accepts in sealed mode. Rotation: {@link #accept} the new key, have every node sign with it,
 * and {@link #retire} the old one when tokens that it signed have expired, an hour later.
 *
 * <p>The table is made by the script of {@link RowLevelPolicies#withSealed}. Safe for use by many threads.
 */
public final class SealKeys {

    private static final String ACCEPT =
            "insert into tenancy.seal_keys (key_id, inner_pad, outer_pad) values (?, ?, ?)";
    private static final String RETIRE = "update tenancy.seal_keys set retired = true where key_id = ? and not retired";
    private static final String ACCEPTED = "select key_id from tenancy.seal_keys where not retired order by key_id";

    private final DataSource migrator;

    private SealKeys(DataSource migrator) {
        this.migrator = migrator;
    }

    /** @param migrator connections of a member of the owner, such as {@code tenancy_migrator}; not of the application */
    public static SealKeys of(DataSource migrator) {
        return new SealKeys(migrator);
    }

    /** Makes a key and accepts it. Its secret is told here only. */
    public SealKey create(String id) {
        var key = SealKey.random(id);
        accept(key);
        return key;
    }

    /**
     * What this key has signed is valid from now on.
     *
     * @throws TenantIsolationException if the database refuses, or there was a key of this id
     */
    public void accept(SealKey key) {
        perform("accepted", connection -> {
            try (var statement = connection.prepareStatement(ACCEPT)) {
                statement.setString(1, key.id());
                statement.setBytes(2, key.innerPad());
                statement.setBytes(3, key.outerPad());
                return statement.executeUpdate();
            }
        });
    }

    /**
     * What this key has signed is not valid any more, from the next statement on. Its id stays taken.
     *
     * @return whether it was accepted until now
     */
    public boolean retire(String id) {
        return perform("retired", connection -> {
            try (var statement = connection.prepareStatement(RETIRE)) {
                statement.setString(1, id);
                return statement.executeUpdate() == 1;
            }
        });
    }

    /** The ids of the keys that are accepted. */
    public List<String> accepted() {
        return perform("listed", connection -> {
            var ids = new ArrayList<String>();
            try (var statement = connection.prepareStatement(ACCEPTED);
                    var row = statement.executeQuery()) {
                while (row.next()) {
                    ids.add(row.getString(1));
                }
            }
            return List.copyOf(ids);
        });
    }

    private <T> T perform(String what, Task<T> task) {
        try (var connection = migrator.getConnection()) {
            connection.setAutoCommit(true);
            return task.run(connection);
        } catch (SQLException failure) {
            throw TenantIsolationException.of(
                    "Seal keys could not be " + what + " (SQLSTATE " + failure.getSQLState()
                            + "); the login has to be a"
                            + " member of the role that owns tenancy.seal_keys, and an id names one key for ever.",
                    failure);
        }
    }

    private interface Task<T> {
        T run(Connection connection) throws SQLException;
    }
}
