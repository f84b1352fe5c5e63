package dev.lexigram.tenancy.postgres.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.tenant.TenantIsolationException;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Wrapper;
import java.util.stream.Stream;
import javax.sql.rowset.serial.SerialBlob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.PGConnection;
import org.postgresql.PGStatement;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.jdbc.PgDatabaseMetaData;
import org.postgresql.jdbc.PgResultSet;
import org.postgresql.jdbc.PgStatement;

/** No way leads past the proxies to the connection behind them. */
@EnumSource(names = "PLAIN")
class EscapeTest extends RowLevelTest {

    interface Escape {
        Object from(Connection connection) throws SQLException;
    }

    static Stream<Arguments> escapes() {
        return Stream.of(
                escape("the driver's connection", connection -> connection.unwrap(PgConnection.class)),
                escape("its interface", connection -> connection.unwrap(PGConnection.class)),
                escape("its inner interface", connection -> connection.unwrap(BaseConnection.class)),
                escape("its copy manager", connection -> new CopyManager(connection.unwrap(BaseConnection.class))),
                escape(
                        "its large objects",
                        connection -> connection.unwrap(PGConnection.class).getLargeObjectAPI()),
                escape(
                        "the driver's statement",
                        connection -> connection.createStatement().unwrap(PgStatement.class)),
                escape(
                        "a prepared one",
                        connection -> connection.prepareStatement(READ).unwrap(PGStatement.class)),
                escape("a result", connection -> rowsOf(connection).unwrap(PgResultSet.class)),
                escape("metadata", connection -> connection.getMetaData().unwrap(PgDatabaseMetaData.class)),
                escape("a blob as parameter", connection -> {
                    var statement = connection.prepareStatement("select ?::oid");
                    statement.setBlob(1, new SerialBlob(new byte[] {1}));
                    return statement;
                }),
                escape("a blob as object", connection -> {
                    var statement = connection.prepareStatement("select ?::oid");
                    statement.setObject(1, new SerialBlob(new byte[] {1}));
                    return statement;
                }),
                escape("a stream as large object", connection -> {
                    var statement = connection.prepareStatement("select ?::oid");
                    statement.setBlob(1, new ByteArrayInputStream(new byte[] {1}), 1);
                    return statement;
                }),
                escape("a reader as large object", connection -> {
                    var statement = connection.prepareStatement("select ?::oid");
                    statement.setClob(1, new StringReader("x"), 1);
                    return statement;
                }),
                escape(
                        "a large object in a result",
                        connection -> rowsOf(connection).getBlob(1)),
                escape(
                        "a large text in a result",
                        connection -> rowsOf(connection).getClob(1)),
                escape("a new large object", Connection::createBlob));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("escapes")
    void CN_20_what_would_work_unbound_is_refused_and_evicts(String what, Escape escape) throws SQLException {
        var before = backend(pool);

        TenantContext.<SQLException>runAs(ACME, () -> {
            try (var connection = tenants.getConnection()) {
                assertThatThrownBy(() -> escape.from(connection))
                        .isInstanceOf(TenantIsolationException.class)
                        .hasMessageContaining("has been closed");
                assertThat(connection.isClosed()).isTrue();
            }
        });

        assertThat(backend(pool)).isNotEqualTo(before);
    }

    @Test
    void CN_20_without_the_library_the_inner_connection_serves_whatever_tenant_is_current() throws SQLException {
        try (var raw = pool.getConnection()) {
            var inner = raw.unwrap(PgConnection.class);
            run(raw, "select public.become('acme', false)");

            assertThat(TenantContext.<Object, SQLException>callAs(GLOBEX, () -> rows((Connection) inner, READ)))
                    .hasToString("[acme 1, acme 2]");
            run(raw, "select public.become('', false)");
        }
    }

    @Test
    void CN_20_every_way_back_leads_to_the_proxy() throws SQLException {
        TenantContext.<SQLException>runAs(ACME, () -> {
            try (var connection = tenants.getConnection();
                    var statement = connection.prepareStatement("select array['x'], body from note order by id");
                    var rows = statement.executeQuery()) {
                rows.next();
                assertThat(connection.getMetaData().getConnection()).isSameAs(connection);
                assertThat(statement.getConnection()).isSameAs(connection);
                assertThat(rows.getStatement()).isSameAs(statement);
                assertThat(statement.getResultSet().getStatement()).isSameAs(statement);
                assertThat(statement.getGeneratedKeys().getStatement()).isSameAs(statement);
                assertThat(rows.getArray(1).getResultSet().getStatement().getConnection())
                        .isSameAs(connection);
                assertThat(connection
                                .createArrayOf("text", new String[] {"x"})
                                .getResultSet()
                                .getStatement()
                                .getConnection())
                        .isSameAs(connection);
                assertThat(connection
                                .getMetaData()
                                .getTables(null, "public", "note", null)
                                .getStatement()
                                .getConnection())
                        .isSameAs(connection);
            }
        });
    }

    @Test
    void the_interfaces_of_jdbc_unwrap_to_the_proxy_itself() throws SQLException {
        TenantContext.<SQLException>runAs(ACME, () -> {
            try (var connection = tenants.getConnection();
                    var statement = connection.createStatement()) {
                assertThat(connection.unwrap(Connection.class)).isSameAs(connection);
                assertThat(connection.unwrap(Wrapper.class)).isSameAs(connection);
                assertThat(connection.isWrapperFor(Connection.class)).isTrue();
                assertThat(connection.isWrapperFor(PGConnection.class)).isFalse();
                assertThat(statement.unwrap(Statement.class)).isSameAs(statement);
                assertThat(statement.isWrapperFor(PGStatement.class)).isFalse();
                assertThat(connection.isClosed()).isFalse();
            }
        });
    }

    @Test
    void proxies_are_equal_if_they_stand_for_the_same_object() throws SQLException {
        TenantContext.<SQLException>runAs(ACME, () -> {
            try (var connection = tenants.getConnection();
                    var statement = connection.createStatement();
                    var other = connection.createStatement()) {
                statement.execute(READ);
                assertThat(statement.getResultSet()).isEqualTo(statement.getResultSet());
                assertThat(statement.getResultSet()).hasSameHashCodeAs(statement.getResultSet());
                assertThat(statement).isEqualTo(statement).isNotEqualTo(other).isNotEqualTo(null);
                assertThat(connection).isEqualTo(connection).isNotEqualTo(statement);
                assertThat(connection.toString()).startsWith("Tenant-bound");
            }
        });
    }

    private static ResultSet rowsOf(Connection connection) throws SQLException {
        var rows = connection.createStatement().executeQuery(READ);
        rows.next();
        return rows;
    }

    private static Arguments escape(String what, Escape escape) {
        return Arguments.of(what, escape);
    }
}
