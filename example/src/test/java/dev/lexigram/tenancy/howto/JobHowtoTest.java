package dev.lexigram.tenancy.howto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.Tenancy;
import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.lifecycle.CreateTenantCommand;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class JobHowtoTest {

    @Test
    void a_job_runs_once_for_each_active_tenant() {
        try (var tenancy = Tenancy.stub()) {
            var tenants = tenancy.tenants();
            tenants.createTenant(new CreateTenantCommand("acme", "Acme Inc."));
            tenants.createTenant(new CreateTenantCommand("globex", "Globex Corp."));
            var initech = tenants.createTenant(new CreateTenantCommand("initech", "Initech"));
            tenants.suspendTenant(initech.id(), "unpaid");
            var served = new ArrayList<String>();

            new NightlyReminders(
                            tenants,
                            () -> served.add(TenantContext.require().slug().value()))
                    .remind();

            assertThat(served).containsExactlyInAnyOrder("acme", "globex");
            assertThat(TenantContext.current()).isEmpty();
        }
    }
}
