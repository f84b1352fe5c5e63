package dev.lexigram.tenancy.postgres.database;

import static dev.lexigram.tenancy.postgres.database.DatabaseFixture.INVOICING;
import static dev.lexigram.tenancy.postgres.database.DatabaseFixture.ONE_TABLE;
import static dev.lexigram.tenancy.postgres.database.DatabaseFixture.databases;
import static dev.lexigram.tenancy.postgres.database.DatabaseFixture.logins;
import static dev.lexigram.tenancy.postgres.database.DatabaseFixture.present;
import static dev.lexigram.tenancy.postgres.database.DatabaseFixture.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.isolation.ErasedResource;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantProvisioningException;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TenancyTest
class DatabaseProvisioningTest {

    private static final TenantId ACME = TenantId.of("acme");

    @AfterEach
    void removeDatabases(TestDatabase main) throws SQLException {
        DatabaseFixture.removeAll(main);
    }

    @Test
    void I_9_a_new_tenant_gets_a_database_with_the_tables_of_the_application(TestDatabase main) throws SQLException {
        var databases = databases(main, INVOICING);

        databases.provision(ACME);
        databases.provision(ACME);

        var own = acme(main, "tenant_acme");
        assertThat(read(own, "insert into customer (name, email) values ('Ada', 'a@b.c') returning id::text"))
                .containsExactly("1");
        assertThat(read(own, "select code from plan order by code")).containsExactly("business", "free", "team");
        assertThat(read(own, "select tenancy.require_tenant()")).containsExactly("acme");
        assertThatThrownBy(() -> read(own, "select version from flyway_schema_history"))
                .hasFieldOrPropertyWithValue("SQLState", "42501");
        assertThatThrownBy(() -> read(main.as(Role.APP), "select state from tenancy.tenant_databases"))
                .hasFieldOrPropertyWithValue("SQLState", "42501");
        assertThat(databases.place(ACME)).contains(DatabaseName.of(ACME));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create database tenant_acme",
                "create role tenant_acme login",
            })
    void LC_08_a_database_or_login_that_is_there_already_is_neither_adopted_nor_dropped(
            String theirs, TestDatabase main) throws SQLException {
        main.execute(Role.SUPERUSER, theirs);
        var before = present(main) + " " + logins(main);
        var databases = databases(main, ONE_TABLE);

        assertThatThrownBy(() -> databases.provision(ACME))
                .isInstanceOf(TenantProvisioningException.class)
                .hasFieldOrPropertyWithValue("code", "LEX_ERR_TENANT_004")
                .hasMessageContaining("tenant_acme");
        databases.undo(ACME);
        databases.drop(ACME);

        assertThat(present(main) + " " + logins(main)).isEqualTo(before);
    }

    @Test
    void LC_08_a_database_in_the_place_of_the_tenants_own_is_left_alone(TestDatabase main) throws SQLException {
        var databases = databases(main, ONE_TABLE);
        databases.provision(ACME);
        main.execute(Role.SUPERUSER, "alter database tenant_acme rename to tenant_moved");
        main.execute(Role.SUPERUSER, "create database tenant_acme");

        for (var attempt : List.<Runnable>of(
                () -> databases.provision(ACME),
                () -> databases.undo(ACME),
                () -> databases.drop(ACME),
                () -> databases.archive(ACME),
                () -> databases.close(ACME),
                () -> databases.restore(ACME))) {
            assertThatThrownBy(attempt::run)
                    .isInstanceOf(TenantProvisioningException.class)
                    .hasMessageContaining("was not made here");
        }
        assertThat(present(main)).containsExactly("tenant_acme", "tenant_moved");
    }

    /** What the library does not do: the name alone decides, and somebody else's database goes. */
    @Test
    void LC_08_control_by_its_name_alone_the_database_would_be_dropped(TestDatabase main) throws SQLException {
        main.execute(Role.SUPERUSER, "create database tenant_acme");

        main.execute(Role.SUPERUSER, "drop database if exists tenant_acme");

        assertThat(present(main)).isEmpty();
    }

    @Test
    void LC_12_the_password_is_in_no_log_and_no_message(TestDatabase main) throws SQLException {
        main.execute(Role.SUPERUSER, "alter system set log_statement = 'all'");
        main.execute(Role.SUPERUSER, "select pg_reload_conf()");
        try {
            databases(main, ONE_TABLE).provision(ACME);
        } finally {
            main.execute(Role.SUPERUSER, "alter system reset log_statement");
            main.execute(Role.SUPERUSER, "select pg_reload_conf()");
        }
        var password = DatabaseFixture.secrets(main).find("tenant_acme").orElseThrow();
        var kept = read(
                main.as(Role.SUPERUSER), "select rolpassword from pg_authid where rolname = 'tenant_acme'");

        assertThat(kept).singleElement().asString().startsWith("SCRAM-SHA-256$").doesNotContain(password.reveal());
        assertThat(password.reveal()).hasSize(43);
        assertThat(password).hasToString("***");
        assertThat(read(main.as(Role.SUPERUSER), "select encode(sealed, 'escape') from tenancy.tenant_secrets"))
                .singleElement()
                .asString()
                .doesNotContain(password.reveal());
        assertThatThrownBy(() -> read(main.as(Role.APP), "select name from tenancy.tenant_secrets"))
                .hasFieldOrPropertyWithValue("SQLState", "42501");
    }

    @Test
    void ID_03_ID_05_names_differ_in_the_last_byte_and_in_case(TestDatabase main) throws SQLException {
        var databases = databases(main, ONE_TABLE);
        var one = TenantId.of("x".repeat(55) + "A");
        var two = TenantId.of("x".repeat(55) + "a");

        databases.provision(one);
        databases.provision(two);

        assertThat(present(main)).containsExactlyInAnyOrder("tenant_" + one, "tenant_" + two);
        assertThatThrownBy(() -> new DatabaseName("tenant_" + "x".repeat(57)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** What PostgreSQL does with a longer name, and with one that is not quoted. */
    @Test
    void ID_03_ID_05_control_longer_and_unquoted_names_collide(TestDatabase main) throws SQLException {
        main.execute(Role.SUPERUSER, "create database \"tenant_" + "x".repeat(56) + "1\"");

        assertThatThrownBy(() -> main.execute(
                        Role.SUPERUSER, "create database TENANT_" + "X".repeat(56) + "2"))
                .hasMessageContaining("already exists");
    }

    @Test
    void V_1_a_migration_that_fails_leaves_no_access_and_the_next_attempt_begins_anew(TestDatabase main)
            throws SQLException {
        var broken = FlywayDatabaseMigrator.of("classpath:db/broken");

        assertThatThrownBy(() -> databases(main, broken).provision(ACME))
                .isInstanceOf(TenantProvisioningException.class);
        assertThatThrownBy(() -> acme(main, "tenant_acme").getConnection()).isInstanceOf(SQLException.class);

        databases(main, INVOICING).provision(ACME);
        assertThat(read(acme(main, "tenant_acme"), "select code from plan")).hasSize(3);
        assertThat(present(main)).containsExactly("tenant_acme");
    }

    @Test
    void O_3_each_policy_ends_connections_first_and_may_be_repeated(TestDatabase main) throws SQLException {
        var databases = databases(main, ONE_TABLE);
        databases.provision(ACME);
        var own = acme(main, "tenant_acme");
        read(own, "insert into note (body) values ('kept') returning body");

        try (var busy = own.getConnection()) {
            assertThat(databases.close(ACME))
                    .containsExactly(new ErasedResource("tenant_acme.public.note", 1, 0, 1));
            assertThat(busy.isValid(5)).isFalse();
        }
        databases.close(ACME);
        assertThatThrownBy(own::getConnection).hasFieldOrPropertyWithValue("SQLState", "28000");
        assertThat(DatabaseFixture.secrets(main).find("tenant_acme")).isEmpty();

        databases.restore(ACME);
        assertThat(read(own, "select body from note")).containsExactly("kept");

        databases.archive(ACME);
        assertThat(databases.archive(ACME)).isEmpty();
        assertThat(present(main)).singleElement().asString().matches("archived_[0-9a-f]{32}_[0-9]+");
        assertThatThrownBy(() -> databases.provision(ACME)).isInstanceOf(TenantProvisioningException.class);
        databases.restore(ACME);
        assertThat(read(own, "select body from note")).containsExactly("kept");

        assertThat(databases.drop(ACME)).containsExactly(new ErasedResource("tenant_acme.public.note", 1, 1, 0));
        assertThat(databases.drop(ACME)).isEmpty();
        assertThat(present(main)).isEmpty();
        assertThat(logins(main)).isEmpty();
        assertThatThrownBy(() -> databases.provision(ACME))
                .isInstanceOf(TenantProvisioningException.class)
                .hasMessageContaining("dropped");
    }

    @Test
    void a_login_without_the_rights_is_told_which_it_needs(TestDatabase main) throws SQLException {
        var asMigrator = databases(main, main.as(Role.MIGRATOR), ONE_TABLE);

        assertThatThrownBy(() -> asMigrator.provision(ACME))
                .isInstanceOf(TenantProvisioningException.class)
                .hasMessageContaining("createdb createrole");
        assertThat(present(main)).isEmpty();
    }

    private static DataSource acme(TestDatabase main, String database) {
        return DatabaseFixture.as(main, database, "tenant_acme");
    }
}
