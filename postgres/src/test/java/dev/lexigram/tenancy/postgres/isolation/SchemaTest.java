package dev.lexigram.tenancy.postgres.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.schema.TenantSchemas;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;

/**
 * Tests on two tenants with a schema each, through a pool of one connection. The shared table {@code public.note} has a
 * name that theirs have, too.
 */
@TenancyTest
@ParameterizedClass
abstract class SchemaTest {

    static final Tenant ACME = SchemaTables.withSchema(RowLevelTest.ACME);
    static final Tenant GLOBEX = SchemaTables.withSchema(RowLevelTest.GLOBEX);
    static final String READ = "select body from note order by id";

    static TenantSchemas schemas;

    @Parameter
    BinderUnderTest binder;

    HikariDataSource pool;
    DataSource tenants;

    @BeforeAll
    static void createTables(TestDatabase database) {
        database.execute(Role.MIGRATOR, RowLevelTables.DDL);
        schemas = SchemaTables.schemas(database);
        SchemaTables.create(database, ACME, GLOBEX);
    }

    @BeforeEach
    void openPool(TestDatabase database) throws SQLException {
        database.execute(Role.MIGRATOR, RowLevelTables.ROWS);
        try (var migrator = database.as(Role.MIGRATOR).getConnection()) {
            SchemaTables.reset(migrator, ACME, GLOBEX);
        }
        pool = RowLevelTest.poolOfOne(database.jdbcUrl(), binder);
        tenants = bound(IsolationConfig.DEFAULTS);
    }

    @AfterEach
    void closePool() {
        assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
        assertThat(TenantContext.current()).isEmpty();
        pool.close();
    }

    final DataSource bound(IsolationConfig config) {
        return SchemaTables.tenants(pool, binder.of(config));
    }

    static List<String> notesOf(Tenant tenant, DataSource dataSource) throws SQLException {
        return rowsOf(tenant, dataSource, READ);
    }

    static List<String> rowsOf(Tenant tenant, DataSource dataSource, String sql) throws SQLException {
        return TenantContext.<List<String>, SQLException>callAs(tenant, () -> RowLevelTest.rows(dataSource, sql));
    }

    /** Uses one connection as this tenant. */
    static void as(Tenant tenant, DataSource dataSource, Work work) throws SQLException {
        TenantContext.<SQLException>runAs(tenant, () -> {
            try (var connection = dataSource.getConnection()) {
                work.on(connection);
            }
        });
    }

    interface Work {
        void on(Connection connection) throws SQLException;
    }
}
