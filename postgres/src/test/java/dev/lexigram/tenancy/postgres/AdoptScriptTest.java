package dev.lexigram.tenancy.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.postgres.isolation.RowLevelPolicies;
import dev.lexigram.tenancy.postgres.stores.SqlTenantStore;
import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantIsolationException;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

@TenancyTest
class AdoptScriptTest {

    private static final String EXISTING = """
            create type state as enum ('open', 'paid');
            create table customer (id bigint generated always as identity primary key, name text not null);
            create table invoice (id bigserial primary key, customer_id bigint references customer (id), state state);
            create sequence invoice_number;
            create view paid as select * from invoice where state = 'paid';
            create function twice(n int) returns int language sql as 'select n * 2';
            insert into customer (name) values ('Lovelace');
            """;

    @Test
    void the_migrator_can_migrate_what_another_login_had_made(TestDatabase database) throws Exception {
        database.execute(Role.SUPERUSER, EXISTING);
        var policies = RowLevelPolicies.forTables("customer", "invoice").withFirstTenant(TenantId.of("acme"));

        assertThatThrownBy(() -> policies.apply(database.as(Role.MIGRATOR)))
                .isInstanceOf(TenantIsolationException.class); // the negative control: not adopted yet
        database.execute(Role.SUPERUSER, script());
        database.execute(Role.SUPERUSER, script());
        policies.apply(database.as(Role.MIGRATOR));

        assertThat(ownedByOthers(database)).isZero();
        assertThat(policies.verify(database.as(Role.APP)).isProved()).isTrue();
    }

    @Test
    void the_control_plane_works_on_with_tables_that_a_superuser_had_made(TestDatabase database) throws Exception {
        SqlTenantStore.of(database.as(Role.SUPERUSER)).close();
        assertThatThrownBy(() -> SqlTenantStore.of(database.as(Role.CONTROL)))
                .isInstanceOf(TenancyConfigurationException.class); // the negative control: not adopted yet

        database.execute(Role.SUPERUSER, script());

        try (var store = SqlTenantStore.of(database.as(Role.CONTROL))) {
            assertThat(store.findByName("nobody")).isEmpty();
        }
    }

    private static long ownedByOthers(TestDatabase database) throws SQLException {
        try (var connection = database.as(Role.SUPERUSER).getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        select (select count(*) from pg_class where relnamespace = 'public'::regnamespace
                                and relkind in ('r', 'v', 'S') and relowner <> 'tenancy_owner'::regrole)
                             + (select count(*) from pg_proc where pronamespace = 'public'::regnamespace
                                and proowner <> 'tenancy_owner'::regrole)
                             + (select count(*) from pg_type where typnamespace = 'public'::regnamespace
                                and typtype = 'e' and typowner <> 'tenancy_owner'::regrole)""")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static String script() throws IOException {
        try (var script = RowLevelPolicies.class.getResourceAsStream("/dev/lexigram/tenancy/postgres/adopt.sql")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
