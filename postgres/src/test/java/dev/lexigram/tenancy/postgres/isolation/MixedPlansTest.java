package dev.lexigram.tenancy.postgres.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CN-09: one connection serves tenants whose tables of one name have different columns. */
@TenancyTest
class MixedPlansTest {

    private static final Tenant SHARED = RowLevelTest.tenant("shared");
    private static final Tenant ACME = SchemaTables.withSchema(RowLevelTest.ACME);
    private static final Tenant GLOBEX = SchemaTables.withSchema(RowLevelTest.GLOBEX);
    private static final int TIMES = 7; // the driver prepares on the server from the fifth execution on

    @BeforeAll
    static void create(TestDatabase database) {
        database.execute(
                Role.MIGRATOR,
                "set role tenancy_owner; create table note (id int generated always as identity, body text not null);"
                        + " grant select, insert, update, delete on note to tenancy_app");
        RowLevelPolicies.forTables("note").apply(database.as(Role.MIGRATOR));
        SchemaTables.create(database, RowLevelTest.ACME, RowLevelTest.GLOBEX);
        database.execute(Role.MIGRATOR, "alter table tenant_globex.note add column more int default 7");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void CN_09_what_was_prepared_for_one_place_is_prepared_anew_for_the_next(boolean autoCommit, TestDatabase database)
            throws SQLException {
        var tenants = tenants(database);

        for (var round = 0; round < 2; round++) {
            for (var tenant : List.of(SHARED, ACME, GLOBEX, ACME, SHARED, GLOBEX)) {
                for (var time = 0; time < TIMES; time++) {
                    assertThat(insert(tenants, tenant, autoCommit))
                            .as(tenant.id() + " " + time)
                            .isEqualTo("of " + tenant.id());
                }
            }
        }
    }

    @Test
    void CN_09_control_a_statement_that_was_prepared_for_other_columns_is_an_error(TestDatabase database)
            throws SQLException {
        try (var connection = database.as(Role.MIGRATOR).getConnection()) {
            RowLevelTest.run(connection, "create table changing as select 1 as one");
            connection.setAutoCommit(false);
            for (var time = 0; time < TIMES; time++) {
                assertThat(all(connection)).isEqualTo("1");
            }
            connection.commit();
            database.execute(Role.MIGRATOR, "alter table changing add column two int");

            assertThatThrownBy(() -> all(connection)).hasMessageContaining("cached plan must not change result type");
        }
    }

    private static String all(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("select * from changing");
                var row = statement.executeQuery()) {
            row.next();
            return row.getString(1);
        }
    }

    private static String insert(DataSource tenants, Tenant tenant, boolean autoCommit) throws SQLException {
        return TenantContext.<String, SQLException>callAs(tenant, () -> {
            try (var connection = tenants.getConnection()) {
                connection.setAutoCommit(autoCommit);
                try (var statement = connection.prepareStatement(
                        "insert into note (body) values (?)", Statement.RETURN_GENERATED_KEYS)) {
                    statement.setString(1, "of " + tenant.id());
                    statement.executeUpdate();
                    try (var keys = statement.getGeneratedKeys()) {
                        keys.next();
                        return keys.getString("body");
                    }
                } finally {
                    if (!autoCommit) {
                        connection.commit();
                    }
                }
            }
        });
    }

    private static DataSource tenants(TestDatabase database) {
        return TenantDataSource.of(
                new OnePhysicalConnection(BinderUnderTest.DRIVER.connections(database, Role.APP)),
                BinderUnderTest.DRIVER.of(IsolationConfig.DEFAULTS),
                () -> true);
    }
}
