package dev.lexigram.tenancy.howto;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.lifecycle.TenantProvider;
import org.springframework.scheduling.annotation.Scheduled;

class NightlyReminders {

    private final TenantProvider tenants;
    private final Reminders reminders;

    NightlyReminders(TenantProvider tenants, Reminders reminders) {
        this.tenants = tenants;
        this.reminders = reminders;
    }

    // tag::job[]
    @Scheduled(cron = "0 0 3 * * *")
    void remind() {
        for (var tenant : tenants.listTenants(true)) { // the active ones
            TenantContext.runAs(tenant, reminders::send);
        }
    }
    // end::job[]

    /** What was there before. */
    interface Reminders {

        void send();
    }
}
