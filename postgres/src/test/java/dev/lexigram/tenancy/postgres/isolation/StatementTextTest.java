package dev.lexigram.tenancy.postgres.isolation;

import static dev.lexigram.tenancy.postgres.faults.FaultProxy.Direction.TO_SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.postgres.faults.Await;
import dev.lexigram.tenancy.postgres.faults.FaultProxy;
import dev.lexigram.tenancy.postgres.faults.FaultProxy.Fault;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Another session of the same role reads the texts of all statements, and learns of no tenant from the library's. */
@EnumSource
class StatementTextTest extends RowLevelTest {

    private static final Tenant WATCHED = tenant("t-9c41e7b2");
    private static final String TEXTS = "select coalesce(application_name, '') || ' ' || query from pg_stat_activity"
            + " where usename = current_user and pid = ";
    private static final String BACKEND = "select pg_backend_pid()";
    private static final int STEP = 24;

    /** Long enough to be several steps. */
    private static final String OWN =
            "select count(*) from public.note where body <> 'a text of the application, which tells nothing either'";

    private FaultProxy proxy;
    private Connection observer;

    /** A tenant's work that is watched. */
    interface Use {
        void of(Connection connection) throws Exception;
    }

    static Stream<Arguments> uses() {
        return Stream.of(
                use("autocommit", connection -> {
                    for (var time = 0; time < 7; time++) {
                        run(connection, OWN);
                    }
                }),
                use("prepared statements", connection -> {
                    try (var statement = connection.prepareStatement(OWN)) {
                        for (var time = 0; time < 7; time++) {
                            statement.execute();
                        }
                    }
                }),
                use("transactions", connection -> {
                    connection.setAutoCommit(false);
                    for (var time = 0; time < 7; time++) {
                        run(connection, OWN);
                        connection.commit();
                    }
                    run(connection, OWN);
                    connection.rollback();
                }),
                use("savepoints and errors", connection -> {
                    connection.setAutoCommit(false);
                    var savepoint = connection.setSavepoint();
                    assertThatThrownBy(() -> run(connection, "select 1/0")).isInstanceOf(SQLException.class);
                    connection.rollback(savepoint);
                    run(connection, OWN);
                    connection.releaseSavepoint(savepoint);
                    run(connection, OWN);
                    connection.commit();
                }),
                use("a batch", connection -> {
                    try (var statement = connection.createStatement()) {
                        statement.addBatch("insert into note (body) values ('one')");
                        statement.addBatch("insert into note (body) values ('two')");
                        statement.executeBatch();
                    }
                }));
    }

    private static Arguments use(String what, Use use) {
        return Arguments.of(what, use);
    }

    @Override
    String url(TestDatabase database) {
        proxy = FaultProxy.before(database.jdbcUrl());
        return proxy.jdbcUrl();
    }

    @BeforeEach
    void openObserver(TestDatabase database) throws SQLException {
        observer = database.as(Role.APP).getConnection();
    }

    @AfterEach
    void closeObserver() throws SQLException {
        observer.close();
        proxy.close();
    }

    @Test
    void CN_25_without_the_library_a_binding_as_text_tells_the_tenant() throws SQLException {
        try (var connection = pool.getConnection()) {
            var backend = rows(connection, BACKEND).get(0);
            connection.setAutoCommit(false);
            run(connection, "set local tenancy.tenant_id = '" + WATCHED.id() + "'");

            assertThat(rows(observer, TEXTS + backend))
                    .singleElement()
                    .asString()
                    .contains(WATCHED.id().value());
            connection.rollback();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("uses")
    void CN_25_no_statement_of_the_library_tells_the_tenant_at_any_moment(String what, Use use) throws SQLException {
        var texts = new TreeSet<String>();
        var backend = new CompletableFuture<String>();
        var started = new CountDownLatch(1);
        var work = CompletableFuture.runAsync(() -> asWatched(connection -> {
            backend.complete(rows(connection, BACKEND).get(0));
            started.await();
            use.of(connection);
        }));
        var activity = TEXTS + backend.orTimeout(20, TimeUnit.SECONDS).join();

        do {
            proxy.breakAfter(STEP, TO_SERVER, Fault.STALL);
            started.countDown();
            Await.until("the next bytes", () -> proxy.hasStruck(TO_SERVER) || work.isDone());
            texts.addAll(rows(observer, activity));
        } while (!work.isDone());
        proxy.heal();
        work.orTimeout(20, TimeUnit.SECONDS).join();
        texts.addAll(rows(observer, activity));

        assertThat(texts).as("watched closely enough").anyMatch(text -> text.contains("tenancy.tenant_id"));
        assertThat(texts).noneMatch(text -> text.contains(WATCHED.id().value()));
    }

    @ParameterizedTest(name = "in autocommit {0}")
    @ValueSource(booleans = {true, false})
    void CN_25_a_slow_statement_tells_no_tenant_while_it_runs_and_afterwards(boolean autoCommit) throws SQLException {
        var backend = new CompletableFuture<String>();
        var seen = new CountDownLatch(1);
        var work = CompletableFuture.runAsync(() -> asWatched(connection -> {
            backend.complete(rows(connection, BACKEND).get(0));
            connection.setAutoCommit(autoCommit);
            assertThatThrownBy(() -> run(connection, "select pg_sleep(60)"))
                    .hasFieldOrPropertyWithValue("SQLState", "57014");
            seen.await();
        }));
        var activity = TEXTS + backend.orTimeout(20, TimeUnit.SECONDS).join();

        Await.until(
                "the slow statement",
                () -> !rows(observer, activity + " and wait_event = 'PgSleep'").isEmpty());
        var during = rows(observer, activity);
        run(observer, "select pg_cancel_backend(" + backend.join() + ")");
        Await.until(
                "its end",
                () -> rows(observer, activity + " and state = 'active'").isEmpty());
        var afterwards = rows(observer, activity);
        seen.countDown();
        work.orTimeout(20, TimeUnit.SECONDS).join();

        assertThat(during)
                .singleElement()
                .asString()
                .contains("pg_sleep")
                .doesNotContain(WATCHED.id().value());
        assertThat(afterwards)
                .singleElement()
                .asString()
                .doesNotContain(WATCHED.id().value());
    }

    private void asWatched(Use use) {
        try {
            TenantContext.<Exception>runAs(WATCHED, () -> {
                try (var connection = tenants.getConnection()) {
                    use.of(connection);
                }
            });
        } catch (Exception failure) {
            throw new CompletionException(failure);
        }
    }
}
