package dev.lexigram.tenancy.postgres.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.isolation.AdoptionMode;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.faults.PgBouncer;
import dev.lexigram.tenancy.tenant.TenantIsolationException;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Behind a PgBouncer in transaction mode, what a statement leaves in the session is met by whoever comes next. */
@Tag("pgbouncer")
@EnumSource
class PoolerRefusalTest extends RowLevelTest {

    private static PgBouncer shared;
    private static PgBouncer ofSessions;

    private HikariDataSource twoOf;
    private TenantDataSource guarded;

    @BeforeAll
    static void startBouncers(TestDatabase database) {
        database.execute(Role.SUPERUSER, "grant temporary on database " + name(database) + " to tenancy_app");
        shared = PgBouncer.before(database.jdbcUrl(), Role.APP.login());
        ofSessions =
                PgBouncer.before(database.jdbcUrl(), Role.APP.login(), "pool_mode = session", "default_pool_size = 5");
    }

    @AfterAll
    static void stopBouncers() {
        shared.close();
        ofSessions.close();
    }

    @Override
    String url(TestDatabase database) {
        return shared.jdbcUrl();
    }

    @BeforeEach
    void openPools() {
        twoOf = poolOfTwo(shared.jdbcUrl());
        guarded = selfTested(twoOf);
    }

    @AfterEach
    void closePools() throws SQLException {
        twoOf.close();
        try (var client = DriverManager.getConnection(shared.jdbcUrl(), Role.APP.login(), "")) {
            run(client, "discard all");
        }
    }

    /** What one tenant does, and a query by which another one meets it. */
    static Stream<Arguments> features() {
        return Stream.of(
                Arguments.of(
                        "create temp table plans as select 'secret of acme'::text as body",
                        "select body from plans",
                        "secret of acme"),
                Arguments.of(
                        "select 'secret of acme'::text as body into temporary plans",
                        "select body from plans",
                        "secret of acme"),
                Arguments.of("listen plans_of_acme", "select pg_listening_channels()", "plans_of_acme"),
                Arguments.of(
                        "select pg_advisory_lock(17)",
                        "select objid from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()",
                        "17"),
                Arguments.of(
                        "prepare plan_of_acme as select 'secret of acme'::text",
                        "select name from pg_prepared_statements where from_sql",
                        "plan_of_acme"),
                Arguments.of(
                        "declare plan_of_acme cursor with hold for select body from public.note",
                        "select name from pg_cursors where is_holdable",
                        "plan_of_acme"),
                Arguments.of("set search_path = side", "show search_path", "side"),
                Arguments.of("set session work_mem = '7MB'", "show work_mem", "7MB"),
                Arguments.of("select set_config('work_mem', '7MB', false)", "show work_mem", "7MB"),
                Arguments.of("do $$ begin execute 'set work_' || 'mem = ''7MB'''; end $$", "show work_mem", "7MB"));
    }

    @ParameterizedTest
    @MethodSource("features")
    void CN_10_what_would_stay_in_the_session_is_refused_before_it_is_sent(String sql, String met, String what)
            throws SQLException {
        runAs(ACME, tenants, sql);
        assertThat(metByGlobex(tenants, met)).as("with the guard off").contains(what);
        run(pool, "discard all");

        assertThatThrownBy(() -> runAs(ACME, guarded, sql))
                .isInstanceOf(TenantIsolationException.class)
                .hasMessageContaining("pooler")
                .hasMessageContaining("use SET LOCAL");

        assertThat(metByGlobex(guarded, met)).doesNotContain(what);
    }

    @ParameterizedTest
    @MethodSource("features")
    void CN_10_a_batch_and_a_prepared_statement_are_refused_as_well(String sql, String met, String what)
            throws SQLException {
        TenantContext.<SQLException>runAs(ACME, () -> {
            try (var connection = guarded.getConnection()) {
                assertThatThrownBy(() -> {
                            try (var statement = connection.prepareStatement(sql)) {
                                statement.execute();
                            }
                        })
                        .isInstanceOf(TenantIsolationException.class);
                assertThat(connection.isClosed()).isTrue();
            }
            try (var connection = guarded.getConnection();
                    var statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.addBatch("insert into note (body) values ('in a batch')");
                statement.addBatch(sql);
                assertThatThrownBy(statement::executeBatch).isInstanceOf(TenantIsolationException.class);
            }
        });

        assertThat(metByGlobex(guarded, met)).doesNotContain(what);
        assertThat(notesOf(ACME, guarded)).containsExactly("acme 1", "acme 2");
    }

    /** Each of several statements counts, and so does what a function may do; a text that has no end may be anything. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1; listen plans_of_acme",
                "select set_config('work_mem', 'x', true), set_config('work_mem', body, false) from note",
                "select set_config('work_mem', ?, ?::boolean)",
                "with taken as (select pg_try_advisory_lock_shared(17)) select * from taken",
                "create or replace global temporary view plans as select 1",
                "CREATE TABLE pg_temp.plans (id int)",
                "declare plan_of_acme scroll cursor with hold for select 1",
                "set session characteristics as transaction isolation level serializable",
                "set role tenancy_owner",
                "reset all",
                "discard plans",
                "deallocate all",
                "unlisten *",
                "load 'auto_explain'",
                "select pg_advisory_unlock_all()",
                "explain analyze execute plan_of_acme",
                "select 'without an end",
                "whatever comes next",
            })
    void CN_10_a_text_that_may_need_its_session_is_known(String sql) {
        assertThat(SqlText.of(sql).needsSession()).isTrue();
    }

    @Test
    void CN_10_a_schema_set_by_the_connection_is_refused_as_well() throws SQLException {
        TenantContext.<SQLException>runAs(ACME, () -> {
            try (var connection = tenants.getConnection()) {
                connection.setSchema("side");
            }
        });
        assertThat(metByGlobex(tenants, "select body from note"))
                .as("with the guard off")
                .contains("of the side schema");
        run(pool, "discard all");

        TenantContext.<SQLException>runAs(ACME, () -> {
            try (var connection = guarded.getConnection()) {
                assertThatThrownBy(() -> connection.setSchema("side")).isInstanceOf(TenantIsolationException.class);
            }
        });

        assertThat(metByGlobex(guarded, "select body from note")).containsExactlyInAnyOrder("globex 1", "globex 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set local work_mem = '7MB'",
                "select set_config('work_mem', '7MB', true)",
                "set transaction read only",
                "set constraints all immediate",
                "select pg_advisory_xact_lock(17)",
                "notify plans_of_acme",
                "declare local_plan cursor for select body from note",
                "explain select body from note",
                "update note set body = body",
                "create table tenancy_app_may_not (held boolean)",
                "truncate note",
            })
    void CN_10_what_ends_with_its_transaction_is_not_refused(String sql) throws SQLException {
        TenantContext.<SQLException>runAs(ACME, () -> {
            try (var connection = guarded.getConnection()) {
                connection.setAutoCommit(false);
                assertThat(stateOf(connection, sql)).isIn("", UNBOUND);
                connection.rollback();
                assertThat(rows(connection, READ)).containsExactly("acme 1", "acme 2");
                connection.commit();
            }
        });
        assertThat(metByGlobex(guarded, "show work_mem")).doesNotContain("7MB");
    }

    @ParameterizedTest
    @MethodSource("features")
    void CN_10_a_pooler_of_sessions_and_the_server_itself_refuse_nothing(
            String sql, String met, String what, TestDatabase database) throws SQLException {
        for (var url : List.of(ofSessions.jdbcUrl(), database.jdbcUrl())) {
            try (var own = poolOfTwo(url)) {
                var bound = selfTested(own);

                runAs(ACME, bound, sql);

                assertThat(metByGlobex(bound, met)).as(url).doesNotContain(what);
            }
        }
    }

    @Test
    void CN_10_under_observation_it_passes_and_is_recorded() throws SQLException {
        var refusals = new WouldBeRefusals();
        var observing = new SelfTestedBinder(
                "main", twoOf, IsolationConfig.DEFAULTS.withAdoption(AdoptionMode.REPORT), refusals);

        runAs(ACME, TenantDataSource.rowLevel(twoOf, observing, () -> true), "set session work_mem = '7MB'");

        assertThat(refusals.entries()).extracting(WouldBeRefusal::kind).containsExactly(WouldBeRefusal.Kind.NOT_BOUND);
    }

    private List<String> metByGlobex(TenantDataSource dataSource, String sql) throws SQLException {
        return TenantContext.<List<String>, SQLException>callAs(GLOBEX, () -> {
            try (var connection = dataSource.getConnection()) {
                return rows(connection, sql);
            } catch (SQLException absent) {
                assertThat(absent.getSQLState()).isEqualTo("42P01");
                return List.of();
            }
        });
    }

    /** The server's own refusal, if it refuses. */
    private static String stateOf(Connection connection, String sql) {
        try {
            run(connection, sql);
            return "";
        } catch (SQLException refused) {
            return refused.getSQLState();
        }
    }

    private static TenantDataSource selfTested(HikariDataSource pool) {
        return TenantDataSource.rowLevel(
                pool, new SelfTestedBinder("main", pool, IsolationConfig.DEFAULTS), () -> true);
    }

    private HikariDataSource poolOfTwo(String url) {
        var config = new HikariConfig();
        config.setDriverClassName(binder.driverClass());
        config.setJdbcUrl(url);
        config.setUsername(Role.APP.login());
        config.setMaximumPoolSize(2);
        return new HikariDataSource(config);
    }

    private static String name(TestDatabase database) {
        return '"' + database.jdbcUrl().replaceAll(".*/", "") + '"';
    }
}
