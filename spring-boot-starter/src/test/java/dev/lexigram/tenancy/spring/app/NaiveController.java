package dev.lexigram.tenancy.spring.app;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What services do that have no library: the negative controls. */
@RestController
final class NaiveController {

    private static final ThreadLocal<@Nullable String> TENANT = new ThreadLocal<>();

    /** Believes the header. */
    @GetMapping("/naive")
    public @Nullable String header(HttpServletRequest request) {
        return request.getHeader("X-Tenant-ID");
    }

    /** Sets when there is something to set, and never clears. */
    @GetMapping("/naive/remember")
    public @Nullable String remember(HttpServletRequest request) {
        if (request.getHeader("X-Tenant-ID") != null) {
            TENANT.set(request.getHeader("X-Tenant-ID"));
        }
        return TENANT.get();
    }
}
