package dev.lexigram.tenancy.howto;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.enforcement.RequireTenant;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

// tag::billing[]
@RequireTenant
@RestController
class BillingController {

    @GetMapping("/invoices")
    List<String> invoices() {
        return List.of("invoice of " + TenantContext.require().slug());
    }
}
// end::billing[]
