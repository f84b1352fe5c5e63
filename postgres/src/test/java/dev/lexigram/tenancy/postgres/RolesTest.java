package dev.lexigram.tenancy.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

@TenancyTest
class RolesTest {

    @Test
    void the_application_role_can_log_in_and_create_nothing(TestDatabase database) throws SQLException {
        try (var connection = database.as(Role.APP).getConnection();
                var statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("create table public.t (id int)"))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> statement.execute("create temporary table t (id int)"))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> statement.execute("create schema s")).hasMessageContaining("permission denied");
        }
    }

    @Test
    void the_migrator_creates_what_the_application_cannot_reach_without_a_grant(TestDatabase database) {
        database.execute(Role.MIGRATOR, "create table public.t (id int)");

        assertThatThrownBy(() -> database.execute(Role.APP, "select * from public.t"))
                .hasMessageContaining("permission denied");
        assertThat(database.name()).startsWith("test_");
    }
}
