package dev.lexigram.tenancy.howto;

import dev.lexigram.tenancy.enforcement.RequireTenant;
import dev.lexigram.tenancy.overrides.TenantConfig;
import dev.lexigram.tenancy.spring.TenantValue;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

// tag::controller[]
@RequireTenant
@RestController
class SeatsController {

    private final TenantConfig config;

    SeatsController(TenantConfig config) {
        this.config = config;
    }

    @GetMapping("/seats")
    String seats(@TenantValue("max_users") int maxUsers) {
        return maxUsers + " seats, " + config.get("theme", "light");
    }
}
// end::controller[]
