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
            bind = prepared(sql.bind());
        }
        bind.execute();
    }

    void renew() throws SQLException {
        if (renew == null) {
            renew = prepared(sql.renew());
        }
        renew.execute();
    }

    /** Answers with what the server said meanwhile. */
    @Nullable
    SQLWarning checkAndCommit() throws SQLException {
        if (checkAndCommit == null) {
            checkAndCommit = prepared(sql.checkAndCommit());
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

    private PreparedStatement prepared(String text) throws SQLException {
        var statement = borrowed.prepareStatement(text);
        for (var index = 1; index <= BindingSql.parameters(text); index++) {
            statement.setString(index, id);
        }
        return statement;
    }
}
