package dev.lexigram.tenancy.howto;

import dev.lexigram.tenancy.lifecycle.CreateTenantCommand;
import dev.lexigram.tenancy.lifecycle.TenantProvider;
import dev.lexigram.tenancy.postgres.stores.SqlTenantMembership;
import dev.lexigram.tenancy.tenant.TenantId;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

// tag::first-tenant[]
@Component
class FirstTenant implements ApplicationRunner {

    private final TenantProvider tenants;
    private final SqlTenantMembership members;

    FirstTenant(TenantProvider tenants, SqlTenantMembership members) {
        this.tenants = tenants;
        this.members = members;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        var acme = TenantId.of("acme"); // as in the migration
        if (tenants.getTenant(acme).isEmpty()) {
            tenants.createTenant(new CreateTenantCommand("acme", "Acme Inc.").withId(acme));
            members.grant("ann", acme); // the name that Spring Security knows the user by
        }
    }
}
// end::first-tenant[]
