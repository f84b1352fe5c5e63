package dev.lexigram.tenancy.postgres.isolation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLWarning;
import org.jspecify.annotations.Nullable;

/** The prepared statements that bind one connection to one id; each is prepared when it is first needed. */
final class BindingStatements {

    private final BindingSql sql;
    private final Connection borrowed;
    private final String id;
    private @Nullable PreparedStatement bind;
    private @Nullable PreparedStatement renew;
    private @Nullable PreparedStatement checkAndCommit;

    /** The empty id stands for no tenant. */
    BindingStatements(BindingSql sql, Connection borrowed, String id) {
        this.sql = sql;
        this.borrowed = borrowed;
        this.id = id;
    }

    void bind() throws SQLException {
        if (bind == null) {
            bind = borrowed.prepareStatement(sql.bind());
            bind.setString(1, id);
        }
        bind.execute();
    }

    void renew() throws SQLException {
        if (renew == null) {
            renew = borrowed.prepareStatement(sql.renew());
            renew.setString(1, id);
            renew.setString(2, id);
        }
        renew.execute();
    }

    /** Answers with what the server said meanwhile. */
    @Nullable
    SQLWarning checkAndCommit() throws SQLException {
        if (checkAndCommit == null) {
            checkAndCommit = borrowed.prepareStatement(sql.checkAndCommit());
            checkAndCommit.setString(1, id);
        }
        checkAndCommit.execute();
        return checkAndCommit.getWarnings();
    }

    void close() throws SQLException {
        for (var statement : new @Nullable PreparedStatement[] {bind, renew, checkAndCommit}) {
            if (statement != null) {
                statement.close();
            }
        }
    }
}
