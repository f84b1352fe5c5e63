package dev.lexigram.tenancy.howto;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.enforcement.RequireTenant;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

// tag::public[]
@RestController
class PublicController {

    @GetMapping("/prices")
    String prices() {
        return "free";
    }

    @RequireTenant
    @PostMapping("/orders")
    String place() {
        return "ordered by " + TenantContext.require().slug();
    }
}
// end::public[]
