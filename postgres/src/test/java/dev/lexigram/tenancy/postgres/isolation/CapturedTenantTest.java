package dev.lexigram.tenancy.postgres.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantMismatchException;
import dev.lexigram.tenancy.tenant.TenantStatus;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A connection works for the tenant that borrowed it and for no other. */
@EnumSource
class CapturedTenantTest extends RowLevelTest {

    interface Use {
        Object by(Connection connection, PreparedStatement prepared, ResultSet rows) throws SQLException;
    }

    static Stream<Arguments> uses() {
        return Stream.of(
                use("executes a prepared statement", (connection, prepared, rows) -> prepared.executeQuery()),
                use("executes a batch", (connection, prepared, rows) -> {
                    prepared.addBatch();
                    return prepared.executeBatch();
                }),
                use("updates a row", (connection, prepared, rows) -> {
                    rows.updateString("body", "of another");
                    rows.updateRow();
                    return true;
                }),
                use("makes a statement", (connection, prepared, rows) -> connection.createStatement()),
                use("prepares a statement", (connection, prepared, rows) -> connection.prepareStatement(READ)),
                use("prepares a call", (connection, prepared, rows) -> connection.prepareCall(READ)),
                use("makes a savepoint", (connection, prepared, rows) -> connection.setSavepoint()),
                use("commits", (connection, prepared, rows) -> {
                    connection.commit();
                    return true;
                }),
                use("commits by autocommit", (connection, prepared, rows) -> {
                    connection.setAutoCommit(true);
                    return true;
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("uses")
    void CN_15_another_tenant_inside_an_open_transaction_is_refused_and_evicts(String what, Use use)
            throws SQLException {
        isRefused(use, GLOBEX);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("uses")
    void CN_15_no_tenant_inside_an_open_transaction_is_refused_and_evicts(String what, Use use) throws SQLException {
        isRefused(use, null);
    }

    @Test
    void CN_15_without_the_library_an_open_cursor_goes_on_under_the_next_tenant() throws SQLException {
        try (var connection = pool.getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            run(connection, "select public.become('acme', true)");
            statement.setFetchSize(1);
            var seen = new StringBuilder();
            try (var rows = statement.executeQuery("select body from naive")) {
                rows.next();
                seen.append(rows.getString(1));
                run(connection, "select public.become('globex', true)");
                while (rows.next()) {
                    seen.append(", ").append(rows.getString(1));
                }
            }
            connection.rollback();
            assertThat(seen).hasToString("acme 1, globex 1, globex 2");
        }
    }

    @Test
    void CN_21_a_connection_of_one_tenant_is_refused_to_a_thread_of_another() throws Exception {
        var executor = Executors.newSingleThreadExecutor();
        try (var raw = pool.getConnection()) {
            raw.setAutoCommit(false);
            run(raw, "select public.become('acme', true)");
            Future<?> leak = executor.submit(() -> TenantContext.callAs(GLOBEX, () -> rows(raw, READ)));
            assertThat(leak.get()).as("without the library").hasToString("[acme 1, acme 2]");
            raw.rollback();
        }

        TenantContext.<Exception>runAs(ACME, () -> {
            try (var connection = tenants.getConnection()) {
                for (var other : new Runnable[] {
                    () -> read(connection), () -> TenantContext.runAs(GLOBEX, () -> read(connection))
                }) {
                    assertThatThrownBy(() ->
                                    CompletableFuture.runAsync(other, executor).get())
                            .isInstanceOf(ExecutionException.class);
                }
                assertThat(connection.isClosed()).isTrue();
            }
        });
        executor.shutdown();
        assertThat(notesOf(GLOBEX, tenants)).containsExactly("globex 1", "globex 2");
    }

    @Test
    void CN_21_a_thread_that_took_the_tenant_along_may_use_the_connection() throws Exception {
        var executor = Executors.newSingleThreadExecutor();

        TenantContext.<Exception>runAs(ACME, () -> {
            try (var connection = tenants.getConnection()) {
                var rows = executor.submit(TenantContext.wrap(() -> rows(connection, READ)));
                assertThat(rows.get()).containsExactly("acme 1", "acme 2");
            }
        });

        executor.shutdown();
    }

    @Test
    void a_connection_without_a_tenant_is_refused_to_every_tenant() throws SQLException {
        try (var connection = tenants.getConnection()) {
            assertThatThrownBy(() -> TenantContext.<SQLException>runAs(ACME, () -> rows(connection, READ)))
                    .isInstanceOf(TenantMismatchException.class)
                    .hasMessageContaining("without a tenant")
                    .hasMessageContaining("'acme'");
        }
    }

    @Test
    void another_version_of_the_same_tenant_may_use_the_connection() throws SQLException {
        var connection = TenantContext.<Connection, SQLException>callAs(ACME, tenants::getConnection);
        var later = ACME.withStatus(TenantStatus.ACTIVE, null, Instant.now());

        TenantContext.<SQLException>runAs(
                later, () -> assertThat(rows(connection, READ)).hasSize(2));

        connection.close();
    }

    @Test
    void rollback_and_close_are_open_to_everybody_also_after_an_eviction() throws SQLException {
        var connection = TenantContext.<Connection, SQLException>callAs(ACME, tenants::getConnection);
        TenantContext.<SQLException>runAs(ACME, () -> {
            connection.setAutoCommit(false);
            run(connection, "insert into note (body) values ('never')");
        });

        var savepoint = TenantContext.<Savepoint, SQLException>callAs(ACME, connection::setSavepoint);
        connection.rollback(savepoint);
        connection.rollback();
        assertThatThrownBy(() -> read(connection)).isInstanceOf(TenantMismatchException.class);
        assertThatCode(() -> connection.rollback(savepoint)).doesNotThrowAnyException();
        assertThatCode(connection::rollback).doesNotThrowAnyException();
        assertThat(connection.isClosed()).isTrue();
        connection.close();
        connection.close();

        assertThat(notesOf(ACME, tenants)).containsExactly("acme 1", "acme 2");
    }

    private void isRefused(Use use, Tenant other) throws SQLException {
        var before = backend(pool);
        TenantContext.<SQLException>runAs(ACME, () -> {
            try (var connection = tenants.getConnection()) {
                connection.setAutoCommit(false);
                run(connection, "insert into note (body) values ('never committed')");
                var prepared = connection.prepareStatement(
                        "select id, body from note order by id",
                        ResultSet.TYPE_SCROLL_INSENSITIVE,
                        ResultSet.CONCUR_UPDATABLE);
                var rows = prepared.executeQuery();
                rows.next();

                assertThatThrownBy(() -> {
                            if (other == null) {
                                TenantContext.<SQLException>runWithout(() -> use.by(connection, prepared, rows));
                            } else {
                                TenantContext.<SQLException>runAs(other, () -> use.by(connection, prepared, rows));
                            }
                        })
                        .isInstanceOf(TenantMismatchException.class)
                        .hasMessageContaining("'acme'");
                assertThat(connection.isClosed()).isTrue();
                assertThatThrownBy(() -> read(connection)).hasMessageContaining("closed");
            }
        });
        assertThat(backend(pool)).as("the next borrower has another connection").isNotEqualTo(before);
        assertThat(notesOf(ACME, tenants)).containsExactly("acme 1", "acme 2");
    }

    private static void read(Connection connection) {
        try {
            rows(connection, READ);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure.getMessage(), failure);
        }
    }

    private static Arguments use(String what, Use use) {
        return Arguments.of(what, use);
    }
}
