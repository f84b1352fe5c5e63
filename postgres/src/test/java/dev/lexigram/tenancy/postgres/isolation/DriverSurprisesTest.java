package dev.lexigram.tenancy.postgres.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the driver does on its own account, and what would run unbound because of it. */
@EnumSource
class DriverSurprisesTest extends RowLevelTest {

    private static final String DESCRIBED = "select id, body, written from public.note where written <= ? order by id";
    private static final Timestamp ANY = Timestamp.valueOf("2030-01-01 00:00:00");

    @Test
    void CN_26_a_described_statement_is_bound_every_time() throws SQLException {
        TenantContext.<SQLException>runAs(ACME, () -> {
            try (var connection = tenants.getConnection();
                    var described = connection.prepareStatement(DESCRIBED);
                    var unknown = connection.prepareStatement("select body, ? from public.note order by id")) {
                for (var time = 0; time < 10; time++) {
                    described.setTimestamp(1, ANY);
                    assertThat(bodies(described)).as("execution " + time).isEqualTo("acme 1,acme 2,");
                    unknown.setNull(1, Types.NULL);
                    try (var rows = unknown.executeQuery()) {
                        assertThat(rows.next()).isTrue();
                        assertThat(rows.getString(1)).isEqualTo("acme 1");
                    }
                    if (time == 6) {
                        connection.setAutoCommit(false); // as with an open session in view
                    } else if (time == 8) {
                        connection.setAutoCommit(true);
                    }
                }
            }
        });
    }

    @Test
    void CN_26_behind_a_prefix_in_its_text_the_driver_sends_it_apart_from_the_sixth_time_on() throws SQLException {
        try (var raw = pool.getConnection();
                var prefixed =
                        raw.prepareStatement("select set_config('tenancy.tenant_id', 'acme', true); " + DESCRIBED)) {
            var times = 0;
            SQLException unbound = null;
            while (unbound == null && times < 10) {
                try {
                    prefixed.setTimestamp(1, ANY);
                    prefixed.execute();
                    times++;
                } catch (SQLException failure) {
                    unbound = failure;
                }
            }
            assertThat(times).isBetween(4, 6);
            assertThat((Throwable) unbound).hasFieldOrPropertyWithValue("SQLState", UNBOUND);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?reWriteBatchedInserts=true"})
    void CN_27_a_large_batch_in_autocommit_is_bound_as_a_whole(String property, TestDatabase database)
            throws SQLException {
        pool.close();
        pool = poolOfOne(database.jdbcUrl() + property, binder);
        tenants = bound(pool);
        TenantContext.<SQLException>runAs(ACME, () -> {
            try (var connection = tenants.getConnection()) {
                try (var batch = batch(connection, Statement.NO_GENERATED_KEYS, 2_000)) {
                    assertThat(batch.executeBatch()).hasSize(2_000);
                }
                try (var batch = batch(connection, Statement.RETURN_GENERATED_KEYS, 2_000)) {
                    assertThat(batch.executeBatch()).hasSize(2_000);
                    var keys = 0;
                    for (var rows = batch.getGeneratedKeys(); rows.next(); keys++) {
                        assertThat(rows.getString("tenant_id")).isEqualTo("acme");
                    }
                    assertThat(keys).isEqualTo(2_000);
                }
                assertThat(rows(connection, "select count(*) from note")).containsExactly("4002");
            }
        });
        assertThat(notesOf(GLOBEX, tenants)).containsExactly("globex 1", "globex 2");
    }

    @Test
    void CN_27_one_bad_entry_refuses_all_of_it() throws SQLException {
        TenantContext.<SQLException>runAs(ACME, () -> {
            try (var connection = tenants.getConnection();
                    var batch = batch(connection, Statement.NO_GENERATED_KEYS, 1_500)) {
                batch.setNull(1, Types.VARCHAR);
                batch.addBatch();
                assertThatThrownBy(batch::executeBatch).isInstanceOf(BatchUpdateException.class);
                assertThat(rows(connection, READ)).containsExactly("acme 1", "acme 2");
            }
        });
    }

    @Test
    void CN_27_the_driver_alone_stores_a_part_of_it() throws SQLException {
        try (var raw = pool.getConnection()) {
            run(raw, "select set_config('tenancy.tenant_id', 'acme', false)");
            try (var batch = batch(raw, Statement.NO_GENERATED_KEYS, 1_500)) {
                batch.setNull(1, Types.VARCHAR);
                batch.addBatch();
                assertThatThrownBy(batch::executeBatch).isInstanceOf(BatchUpdateException.class);
            }
            assertThat(Integer.parseInt(rows(raw, "select count(*) from note").get(0)))
                    .isBetween(3, 1_501);
            run(raw, "select set_config('tenancy.tenant_id', '', false)");
        }
    }

    private static PreparedStatement batch(Connection connection, int keys, int entries) throws SQLException {
        var batch = connection.prepareStatement("insert into note (body) values (?)", keys);
        for (var entry = 0; entry < entries; entry++) {
            batch.setString(1, "entry " + entry);
            batch.addBatch();
        }
        return batch;
    }

    private static String bodies(PreparedStatement statement) throws SQLException {
        var bodies = new StringBuilder();
        try (var rows = statement.executeQuery()) {
            while (rows.next()) {
                bodies.append(rows.getString(2)).append(',');
            }
        }
        return bodies.toString();
    }
}
