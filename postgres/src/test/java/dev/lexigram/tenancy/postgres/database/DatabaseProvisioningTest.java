package dev.lexigram.tenancy.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.isolation.ErasedResource;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.isolation.PoolsConfig;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantIsolationException;
import dev.lexigram.tenancy.tenant.TenantProvisioningException;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** I-9: a tenant's database, from the first to the last day. */
@TenancyTest
class DatabaseProvisioningTest {

    private static final TenantId ACME = TenantId.of("acme");
    private static final String PLACE = "tenant_acme";

    private DatabaseFixture fixture;
    private TenantDatabases databases;

    @BeforeEach
    void open(TestDatabase database) {
        fixture = new DatabaseFixture(database);
        databases = fixture.databases(DatabaseFixture.ONE_TABLE);
        databases.prepare();
    }

    @AfterEach
    void clear() throws SQLException {
        fixture.clear();
    }

    @Test
    void I_9_a_database_is_made_filled_and_reached_by_its_own_login_alone() throws SQLException {
        databases.provision(ACME);
        databases.provision(ACME);

        assertThat(fixture.present()).containsExactly(PLACE);
        var login = fixture.logins().get(0);
        assertThat(fixture.logins()).hasSize(1);
        assertThat(fixture.read(PLACE, login, "select current_setting('tenancy.tenant_id')"))
                .containsExactly("acme");
        assertThat(fixture.read(PLACE, login, "select count(*) from note")).containsExactly("0");
        for (var other : List.of(Role.APP, Role.ADMIN, Role.CONTROL)) {
            assertThatThrownBy(() -> fixture.read(PLACE, other.login(), "select 1"))
                    .as(other.login())
                    .hasMessageContaining("permission denied for database");
        }
        for (var excess : List.of("create table mine (id int)", "create temp table mine (id int)", "truncate note")) {
            assertThatThrownBy(() -> fixture.read(PLACE, login, excess))
                    .as(excess)
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void a_login_in_the_url_of_the_application_is_nobody_elses(TestDatabase database) throws SQLException {
        databases.provision(ACME);
        var server = DatabaseServer.of(database.jdbcUrl() + "?user=postgres&password=x", "tenancy_provisioner", "");

        try (var pools = TenantPools.of(server, fixture.secrets(), PoolsConfig.DEFAULTS);
                var connection = pools.borrow(ACME);
                var row = connection.createStatement().executeQuery("select current_user")) {
            row.next();
            assertThat(row.getString(1)).isEqualTo(fixture.logins().get(0));
        }
        assertThat(DriverManager.getConnection(database.jdbcUrl() + "?user=postgres", "tenancy_app", "")
                        .getMetaData()
                        .getUserName())
                .as("control: what stands in a URL wins")
                .isEqualTo("postgres");
    }

    @Test
    void LC_12_the_password_is_in_no_statement_and_in_no_message() throws SQLException {
        var broken = fixture.databases((provisioner, schema) -> {
            throw new IllegalStateException("no");
        });
        assertThatThrownBy(() -> broken.provision(ACME))
                .isInstanceOf(TenantProvisioningException.class)
                .hasMessageContaining("could not be filled");

        databases.provision(ACME);

        var password = DatabaseCredentials.parse(
                        fixture.secrets().find("database/acme").orElseThrow())
                .password()
                .reveal();
        assertThat(password).hasSize(43);
        assertThat(fixture.read("select rolpassword from pg_authid where rolname ~ '^tenant_login_'"))
                .singleElement()
                .asString()
                .startsWith("SCRAM-SHA-256$")
                .doesNotContain(password);
        assertThat(databases.toString() + fixture.server() + fixture.secrets()).doesNotContain(password);
    }

    @Test
    void LC_08_a_foreign_database_of_the_name_is_neither_used_nor_changed(TestDatabase database) throws SQLException {
        database.execute(Role.SUPERUSER, "create database tenant_acme");

        assertThatThrownBy(() -> databases.provision(ACME))
                .isInstanceOf(TenantProvisioningException.class)
                .hasMessageContaining("was not made here");
        databases.undo(ACME);
        databases.drop(ACME);

        assertThat(fixture.present()).containsExactly(PLACE);
        assertThat(fixture.logins()).isEmpty();
        database.execute(Role.SUPERUSER, "drop database tenant_acme");
        databases.provision(ACME); // control
        assertThat(fixture.present()).containsExactly(PLACE);
    }

    @Test
    void LC_08_a_database_that_was_put_in_its_place_is_not_served_and_not_dropped(TestDatabase database)
            throws SQLException {
        databases.provision(ACME);
        database.execute(Role.SUPERUSER, "alter database tenant_acme rename to elsewhere");
        database.execute(Role.SUPERUSER, "create database tenant_acme");
        try (var pools = fixture.pools(PoolsConfig.DEFAULTS)) {
            assertThatThrownBy(() -> pools.borrow(ACME).close()).isInstanceOf(TenantIsolationException.class);
            for (var step : List.<Runnable>of(
                    () -> databases.drop(ACME), () -> databases.archive(ACME), () -> databases.close(ACME))) {
                assertThatThrownBy(step::run)
                        .isInstanceOf(TenantProvisioningException.class)
                        .hasMessageContaining("was not made here");
            }
            assertThat(fixture.present()).containsExactly(PLACE);

            database.execute(Role.SUPERUSER, "drop database tenant_acme");
            database.execute(Role.SUPERUSER, "alter database elsewhere rename to tenant_acme");
            pools.borrow(ACME).close(); // control
        }
    }

    @Test
    void LC_01_what_died_is_begun_anew_and_leaves_nothing() throws SQLException {
        var died = fixture.databases((provisioner, schema) -> {
            throw new IllegalStateException("the node died");
        });
        assertThatThrownBy(() -> died.provision(ACME)).isInstanceOf(TenantProvisioningException.class);
        assertThat(fixture.present())
                .as("what is half made has no tenant's name")
                .noneMatch(PLACE::equals)
                .hasSize(1);

        databases.provision(ACME);

        assertThat(fixture.present()).containsExactly(PLACE);
        assertThat(fixture.logins()).hasSize(1);
        databases.undo(ACME);
        databases.undo(ACME);
        assertThat(fixture.present()).isEmpty();
        assertThat(fixture.logins()).isEmpty();
        databases.provision(ACME);
        assertThat(fixture.present()).containsExactly(PLACE);
    }

    @Test
    void LC_01_a_database_that_has_its_name_is_complete_whatever_was_not_said_any_more(TestDatabase database)
            throws SQLException {
        databases.provision(ACME);
        database.execute(Role.SUPERUSER, "update tenancy.tenant_databases set state = 'made'");
        var login = fixture.logins();

        databases.provision(ACME);

        assertThat(fixture.logins()).as("it was not made again").isEqualTo(login);
        assertThat(fixture.read("select state from tenancy.tenant_databases")).containsExactly("open");
    }

    @Test
    void O_3_drop_leaves_nothing_and_the_tenant_gets_no_other() throws SQLException {
        fill();

        assertThat(databases.drop(ACME)).containsExactly(new ErasedResource("public.note", 1, 1, 0));
        assertThat(databases.drop(ACME)).isEmpty();

        assertThat(fixture.present()).isEmpty();
        assertThat(fixture.logins()).isEmpty();
        assertThat(fixture.secrets().find("database/acme")).isEmpty();
        assertThatThrownBy(() -> databases.provision(ACME)).hasMessageContaining("dropped already");
    }

    @Test
    void O_3_an_archived_database_is_out_of_reach_and_can_be_given_back() throws SQLException {
        var login = fill();
        try (var pools = fixture.pools(PoolsConfig.DEFAULTS);
                var busy = pools.borrow(ACME)) {
            assertThat(databases.archive(ACME)).containsExactly(new ErasedResource("public.note", 1, 0, 1));
            databases.archive(ACME);

            assertThat(busy.isValid(1))
                    .as("who was at work there is not any more")
                    .isFalse();
        }
        assertThat(fixture.present()).singleElement().asString().matches("archived_[0-9a-f]{32}_[0-9]{10}");
        assertThatThrownBy(() -> fixture.read(fixture.present().get(0), login, "select 1"))
                .hasMessageContaining("not permitted to log in");

        databases.restore(ACME);

        assertThat(fixture.read(PLACE, login, "select body from note")).containsExactly("mine");
    }

    @Test
    void O_3_a_kept_database_stays_where_it_is_out_of_reach() throws SQLException {
        var login = fill();

        assertThat(databases.close(ACME)).containsExactly(new ErasedResource("public.note", 1, 0, 1));

        assertThat(fixture.present()).containsExactly(PLACE);
        assertThatThrownBy(() -> fixture.read(PLACE, login, "select 1"))
                .hasMessageContaining("not permitted to log in");
        databases.restore(ACME);
        assertThat(fixture.read(PLACE, login, "select body from note")).containsExactly("mine");
    }

    @Test
    void a_login_that_may_not_is_told_what_to_run(TestDatabase database) {
        var weak = TenantDatabases.of(
                DatabaseServer.of(database.jdbcUrl(), Role.APP.login(), ""),
                DatabaseFixture.ONE_TABLE,
                fixture.secrets(),
                IsolationConfig.DEFAULTS);

        assertThatThrownBy(weak::prepare)
                .isInstanceOf(TenantIsolationException.class)
                .hasMessageContaining("databases.sql");
    }

    private String fill() throws SQLException {
        databases.provision(ACME);
        try (var pools = fixture.pools(PoolsConfig.DEFAULTS);
                var connection = pools.borrow(ACME);
                var statement = connection.createStatement()) {
            statement.execute("insert into note values ('mine')");
        }
        return fixture.logins().get(0);
    }
}
