package dev.lexigram.tenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.lifecycle.CreateTenantCommand;
import dev.lexigram.tenancy.lifecycle.TenantProvider;
import dev.lexigram.tenancy.postgres.isolation.RowLevelPolicies;
import dev.lexigram.tenancy.postgres.stores.SqlTenantMembership;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.util.List;

/**
 * The database of the tests: a table of notes, and tenants acme, globex, sleepy (suspended) and gone (inactive). Ann
 * belongs to all but globex, bob to globex.
 */
final class Notes {

    static final String TABLE =
            "create table note (id bigint generated always as identity primary key, body text not null)";

    private Notes() {}

    /** Makes the table, with its policies. */
    static void createTable(TestDatabase database) {
        database.execute(Role.MIGRATOR, "set role tenancy_owner; " + TABLE);
        RowLevelPolicies.forTables("note").apply(database.as(Role.MIGRATOR));
    }

    static void createTenants(Service service) {
        var tenants = service.bean(TenantProvider.class);
        var members = service.bean(SqlTenantMembership.class);
        for (var name : List.of("acme", "globex", "sleepy", "gone")) {
            tenants.createTenant(new CreateTenantCommand(name, name).withId(TenantId.of(name)));
            members.grant(name.equals("globex") ? "bob" : "ann", TenantId.of(name));
        }
        tenants.suspendTenant(TenantId.of("sleepy"), "unpaid");
        tenants.deactivateTenant(TenantId.of("gone"));
    }

    /** Makes the tenants, writes a note of acme, and sees that globex does not see it. */
    static void assertIsolated(Service service) {
        createTenants(service);
        service.post("/notes", Tokens.of("ann", "acme"), "of acme");
        assertThat(service.get("/notes", Tokens.of("ann", "acme")).body()).isEqualTo("[\"of acme\"]");
        assertThat(service.get("/notes", Tokens.of("bob", "globex")).body()).isEqualTo("[]");
    }
}
