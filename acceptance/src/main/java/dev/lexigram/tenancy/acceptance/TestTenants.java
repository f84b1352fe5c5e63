package dev.lexigram.tenancy.acceptance;

import dev.lexigram.tenancy.lifecycle.CreateTenantCommand;
import dev.lexigram.tenancy.lifecycle.TenantProvider;
import dev.lexigram.tenancy.postgres.stores.SqlTenantMembership;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/** Creates the tenants acme and globex as soon as the service is ready, and makes carol a member of both. */
public final class TestTenants implements ApplicationListener<ApplicationReadyEvent> {

    @Override
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        var tenants = ready.getApplicationContext()
                .getBeanProvider(TenantProvider.class)
                .getIfAvailable();
        if (tenants == null) {
            return; // the application as it was before it had tenants
        }
        var database = ready.getApplicationContext().getBean(TestDatabase.class);
        var members = SqlTenantMembership.of(database.as(Role.CONTROL));
        members.grant("carol", create(tenants, "acme", "Acme Inc.").id());
        members.grant("carol", create(tenants, "globex", "Globex Corp.").id());
    }

    /** With the slug as its id, too, so that a reader of the tests knows whose a row is. */
    public static Tenant create(TenantProvider tenants, String slug, String name) {
        return tenants.createTenant(new CreateTenantCommand(slug, name).withId(TenantId.of(slug)));
    }
}
