package dev.lexigram.tenancy.postgres.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.tenant.TenantMismatchException;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.EnumSource;

/** What the plain binder keeps from others because everything of a connection goes through it, results too. */
@EnumSource(names = "PLAIN")
class PlainBinderTest extends RowLevelTest {

    @Test
    void CN_15_only_the_captured_tenant_moves_on_in_a_result() throws SQLException {
        TenantContext.<SQLException>runAs(ACME, () -> {
            try (var connection = tenants.getConnection();
                    var statement =
                            connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY)) {
                var rows = statement.executeQuery(READ);
                assertThat(rows.next()).isTrue();

                assertThatThrownBy(() -> TenantContext.<SQLException>runAs(GLOBEX, () -> rows.absolute(2)))
                        .isInstanceOf(TenantMismatchException.class);
                assertThatThrownBy(rows::next).hasFieldOrPropertyWithValue("SQLState", "08003");
            }
        });
    }

    @Test
    void statements_and_results_of_a_returned_connection_never_reach_its_next_borrower() throws SQLException {
        var single = new OnePhysicalConnection(pool);
        try (var raw = single.getConnection()) {
            var left = raw.prepareStatement("select pg_backend_pid()");
            raw.close();
            assertThat(left.executeQuery().next())
                    .as("through a pool that does not close statements")
                    .isTrue();
        }
        var careless = bound(single);

        TenantContext.<SQLException>runAs(ACME, () -> {
            var first = careless.getConnection();
            var statement = first.prepareStatement(READ);
            var rows = statement.executeQuery();
            first.close();
            try (var second = careless.getConnection()) {
                assertThat(rows(second, READ)).hasSize(2);
                assertThatThrownBy(statement::executeQuery).hasFieldOrPropertyWithValue("SQLState", "08003");
                assertThatThrownBy(rows::next).hasFieldOrPropertyWithValue("SQLState", "08003");
                assertThatThrownBy(() -> rows.getString(1)).hasFieldOrPropertyWithValue("SQLState", "08003");
                assertThatThrownBy(first::createStatement).hasFieldOrPropertyWithValue("SQLState", "08003");
                assertThatThrownBy(first::commit).hasFieldOrPropertyWithValue("SQLState", "08003");
                assertThatThrownBy(first::rollback).hasFieldOrPropertyWithValue("SQLState", "08003");
                assertThat(first.isValid(1)).isFalse();
                first.close();
                assertThat(second.isClosed()).isFalse();
            }
        });
        single.end();
    }
}
