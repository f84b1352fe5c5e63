package dev.lexigram.tenancy.postgres.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** I-10: the roles, by API. */
@TenancyTest
class TenancyRolesTest {

    private static final String MAY_CREATE = "select has_schema_privilege('tenancy_app', 'public', 'create')"
            + " or has_database_privilege('tenancy_app', current_database(), 'temporary')";

    @Test
    void I_10_again_takes_back_what_somebody_has_widened(TestDatabase database) throws SQLException {
        database.execute(
                Role.SUPERUSER,
                "grant create on schema public to tenancy_app; do $$ begin"
                        + " execute format('grant temporary on database %I to public', current_database()); end $$");
        assertThat(RowLevelTest.rows(database.as(Role.SUPERUSER), MAY_CREATE))
                .as("control")
                .containsExactly("t");

        TenancyRoles.create(database.as(Role.SUPERUSER));
        TenancyRoles.create(database.as(Role.SUPERUSER));

        assertThat(RowLevelTest.rows(database.as(Role.SUPERUSER), MAY_CREATE)).containsExactly("f");
    }

    @Test
    void I_10_a_login_that_may_not_is_told_what_to_run(TestDatabase database) {
        assertThatThrownBy(() -> TenancyRoles.create(database.as(Role.MIGRATOR)))
                .isInstanceOf(TenancyConfigurationException.class)
                .hasMessageContaining("roles.sql")
                .hasMessageContaining("superuser");
        assertThat(TenancyRoles.script()).contains("tenancy_admin", "create role");
    }
}
