package dev.lexigram.tenancy.howto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.Tenancy;
import dev.lexigram.tenancy.postgres.stores.SqlTenantMembership;
import dev.lexigram.tenancy.postgres.stores.SqlTenantStore;
import dev.lexigram.tenancy.resolution.TenantPrincipal;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.boot.DefaultApplicationArguments;

@TenancyTest
class FirstTenantHowtoTest {

    @Test
    void the_first_tenant_is_made_once_and_has_a_member(TestDatabase database) {
        var store = SqlTenantStore.of(database.as(Role.CONTROL));
        var members = SqlTenantMembership.of(database.as(Role.CONTROL));
        try (var tenancy = Tenancy.builder().store(store).membership(members).build()) {
            var runner = new FirstTenant(tenancy.tenants(), members);

            runner.run(new DefaultApplicationArguments());
            runner.run(new DefaultApplicationArguments());

            assertThat(tenancy.tenants().listTenants(true)).hasSize(1);
            assertThat(members.isMember(TenantPrincipal.of("ann"), TenantId.of("acme")))
                    .isTrue();
        }
    }
}
