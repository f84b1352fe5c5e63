package dev.lexigram.tenancy.postgres.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.context.TenantContext;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Transactions are controlled through the connection, where the binder sees it. */
@EnumSource(names = "PLAIN")
class TransactionControlTest extends RowLevelTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "begin",
                "START TRANSACTION",
                "commit",
                "/* nested /* comment */ */ COMMIT",
                "-- a line\nrollback",
                "end",
                "abort",
                "savepoint s",
                "release savepoint s",
                "rollback to savepoint s",
                "prepare transaction 'x'",
                "commit prepared 'x'",
                "select 1; commit; select 2",
                "select ';'; -- '\n commit",
                "select $a$ $b$ ' $a$; commit",
                "select E'\\'; '; commit",
                "( commit )",
            })
    void in_the_text_of_a_statement_it_is_refused(String sql) throws SQLException {
        TenantContext.<SQLException>runAs(ACME, () -> {
            try (var connection = tenants.getConnection()) {
                for (var autoCommit : new boolean[] {true, false}) {
                    connection.setAutoCommit(autoCommit);
                    assertThatThrownBy(() -> run(connection, sql))
                            .isInstanceOf(SQLFeatureNotSupportedException.class)
                            .hasMessageContaining("setAutoCommit");
                    assertThatThrownBy(() -> connection.prepareStatement(sql).execute())
                            .isInstanceOf(SQLFeatureNotSupportedException.class);
                    assertThat(rows(connection, READ)).containsExactly("acme 1", "acme 2");
                }
            }
        });
    }

    @Test
    void without_the_refusal_a_commit_in_a_text_would_leave_what_follows_unbound() throws SQLException {
        try (var raw = pool.getConnection()) {
            raw.setAutoCommit(false);
            run(raw, "select public.become('acme', true)");
            run(raw, "select 1; commit");
            assertThatThrownBy(() -> rows(raw, READ)).hasFieldOrPropertyWithValue("SQLState", UNBOUND);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 'begin; commit'",
                "select $$ ; commit $$",
                "select 1 as \"; commit\"",
                "select 1 /* ; commit */",
                "select 1 -- ; commit",
                "select $1::text || 'x' where false",
                "select 'it''s; commit'",
                "select E'\\'; commit'",
                "select 1 as commit_count",
                "",
            })
    void words_that_are_no_statements_are_not_mistaken_for_it(String sql) {
        var text = SqlText.of(sql);

        assertThat(text.controlsTransactions()).isFalse();
        assertThat(text.leavesTraces()).isFalse();
        assertThat(text.mayUnbind()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "listen channel",
                "declare c cursor with hold for select 1",
                "create temp table t (id int)",
                "set search_path to x",
                "reset all",
                "discard all",
                "prepare p as select 1",
                "execute p",
                "load 'x'",
                "select pg_advisory_lock(1)",
                "select pg_try_advisory_lock_shared(1)",
                "select U&\"set\\005fconfig\"('a.b', 'c', false)",
                "select 'not closed",
                "select /* not closed",
                "select $x$ not closed",
                "vacuum",
            })
    void whatever_may_stay_in_the_session_is_recognised(String sql) {
        assertThat(SqlText.of(sql).leavesTraces()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1",
                "(select 1)",
                "{call f(?)}",
                "{? = call f(?)}",
                "with x as (select 1) insert into temp select * from x",
                "INSERT INTO temp VALUES (1)",
                "merge into note using side.note s on false when not matched then do nothing",
                "values (1)",
                "table note",
                "explain analyze select 1",
                "show search_path",
                "lock table note",
                "copy note to stdout",
                "set local statement_timeout = 1",
                "set constraints all deferred",
                "set transaction read only",
                "select pg_advisory_xact_lock(1)",
                "select hold from shelf",
            })
    void ordinary_statements_are(String sql) {
        assertThat(SqlText.of(sql).leavesTraces()).isFalse();
        assertThat(SqlText.of(sql).controlsTransactions()).isFalse();
    }
}
