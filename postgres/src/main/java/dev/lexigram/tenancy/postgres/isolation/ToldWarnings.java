package dev.lexigram.tenancy.postgres.isolation;

import dev.lexigram.tenancy.postgres.policy.TenantObservation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** The warnings of one connection, statement or result, parted into what observing policies tell and all others. */
final class ToldWarnings {

    private final Observer observer;
    private final Source source;
    private @Nullable SQLWarning others;

    private ToldWarnings(Observer observer, Source source) {
        this.observer = observer;
        this.source = source;
    }

    static ToldWarnings of(Connection connection, Observer observer) {
        return new ToldWarnings(observer, new Source(connection::getWarnings, connection::clearWarnings));
    }

    static ToldWarnings of(Statement statement, Observer observer) {
        return new ToldWarnings(observer, new Source(statement::getWarnings, statement::clearWarnings));
    }

    static ToldWarnings of(ResultSet rows, Observer observer) {
        return new ToldWarnings(observer, new Source(rows::getWarnings, rows::clearWarnings));
    }

    Observer observer() {
        return observer;
    }

    /** What the application may read. */
    @Nullable
    SQLWarning others() {
        return others;
    }

    /** Drops what the application could have read so far. */
    void forget() {
        others = null;
    }

    /** Records what has been told since the last time; it never fails, so that observing hinders nobody. */
    void collect() {
        try {
            var first = source.get().call();
            if (first != null) {
                source.clear().run();
                observer.told(first);
                keepOthers(first);
            }
        } catch (SQLException closed) {
            return; // nothing is left to be read
        }
    }

    // The links of a chain cannot be undone, so once something was told the others are copied.
    private void keepOthers(SQLWarning first) {
        var pure = true;
        for (var warning = first; warning != null; warning = warning.getNextWarning()) {
            pure &= !isTold(warning);
        }
        if (pure) {
            keep(first);
            return;
        }
        for (var warning = first; warning != null; warning = warning.getNextWarning()) {
            if (!isTold(warning)) {
                keep(new SQLWarning(warning.getMessage(), warning.getSQLState(), warning.getErrorCode(), warning));
            }
        }
    }

    private void keep(SQLWarning warning) {
        if (others == null) {
            others = warning;
        } else {
            others.setNextWarning(warning);
        }
    }

    static boolean isTold(SQLWarning warning) {
        return TenantObservation.TOLD.equals(warning.getSQLState());
    }

    private record Source(Getter get, Clearer clear) {}

    private interface Getter {
        @Nullable
        SQLWarning call() throws SQLException;
    }

    private interface Clearer {
        void run() throws SQLException;
    }
}
