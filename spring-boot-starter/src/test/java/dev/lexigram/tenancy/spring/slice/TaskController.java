package dev.lexigram.tenancy.spring.slice;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.enforcement.RequireTenant;
import java.util.concurrent.Callable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class TaskController {

    @RequireTenant
    @GetMapping("/whose")
    String whose() {
        return TenantContext.require().id().value();
    }

    @RequireTenant("globex")
    @GetMapping("/globex-only")
    String globexOnly() {
        return whose();
    }

    @RequireTenant
    @GetMapping("/later")
    Callable<String> later() {
        return this::whose;
    }
}
