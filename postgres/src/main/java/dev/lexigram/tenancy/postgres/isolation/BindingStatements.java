package dev.lexigram.tenancy.postgres.isolation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLWarning;
import org.jspecify.annotations.Nullable;

/** The prepared statements that bind one connection to one tenant; each is prepared when it is first needed. */
final class BindingStatements {

    private final BindingSql sql;
    private final Connection borrowed;
    private final BoundValue value;
    private @Nullable PreparedStatement bind;
    private @Nullable PreparedStatement renew;
    private @Nullable PreparedStatement checkAndCommit;

    BindingStatements(BindingSql sql, Connection borrowed, BoundValue value) {
        this.sql = sql;
        this.borrowed = borrowed;
        this.value = value;
    }

    /** Binds a transaction that has just begun. */
    void bind() throws SQLException {
        if (value.renew()) {
            fillAll();
        }
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

    private void fillAll() throws SQLException {
        fill(bind, sql.bind());
        fill(renew, sql.renew());
        fill(checkAndCommit, sql.checkAndCommit());
    }

    private void fill(@Nullable PreparedStatement statement, String text) throws SQLException {
        if (statement != null) {
            for (var index = 1; index <= BindingSql.parameters(text); index++) {
                statement.setString(index, value.text());
            }
        }
    }

    private PreparedStatement prepared(String text) throws SQLException {
        var statement = borrowed.prepareStatement(text);
        fill(statement, text);
        return statement;
    }
}
