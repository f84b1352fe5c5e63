package dev.lexigram.tenancy.example.invoices;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.lifecycle.TenantProvider;
import java.math.BigDecimal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Every night, for every tenant: no request says whose work a job does, so the job says it itself. */
@Component
class LateFees {

    private static final Logger LOG = LoggerFactory.getLogger(LateFees.class);

    private final TenantProvider tenants;
    private final InvoiceService invoices;
    private final BigDecimal fee;

    LateFees(TenantProvider tenants, InvoiceService invoices, @Value("${invoicing.late-fee}") BigDecimal fee) {
        this.tenants = tenants;
        this.invoices = invoices;
        this.fee = fee;
    }

    /** Each tenant in a transaction of its own: the failure of one keeps nobody else waiting. */
    @Scheduled(cron = "${invoicing.late-fees-at}")
    void charge() {
        for (var tenant : tenants.listTenants(true)) {
            TenantContext.runAs(tenant, this::chargeTenant);
        }
    }

    private void chargeTenant() {
        try {
            LOG.info("Charged {} late fees", invoices.chargeLateFees(fee));
        } catch (RuntimeException failure) {
            LOG.error("Could not charge late fees; they come with the next run", failure);
        }
    }
}
