package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.overrides.ConfigKey;
import dev.lexigram.tenancy.overrides.TenantConfig;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Unmarked routes: what reads a tenant's configuration needs a tenant all the same. */
@RestController
class ConfigController {

    static final ConfigKey<Integer> MAX_USERS =
            ConfigKey.integer("max_users", 10).withCheck(number -> number > 0, "a whole number above 0");

    enum Theme {
        LIGHT,
        DARK
    }

    private final TenantConfig config;

    ConfigController(TenantConfig config) {
        this.config = config;
    }

    @GetMapping("/config/max")
    String max(@TenantValue("max_users") int max) {
        return "max " + max;
    }

    @GetMapping("/config/typed")
    String typed(
            @TenantValue("theme") Optional<Theme> theme,
            @TenantValue("beta") Optional<Boolean> beta,
            @TenantValue("rate") Optional<BigDecimal> rate,
            @TenantValue("session") Optional<Duration> session,
            @TenantValue("banner") Optional<String> banner) {
        return theme + " " + beta + " " + rate + " " + session + " " + banner;
    }

    @GetMapping("/config/required")
    String required(@TenantValue("banner") String banner) {
        return banner;
    }

    @GetMapping("/config/read/{key}")
    String read(@PathVariable("key") String key) {
        return config.get(key, "fallback") + " " + config.get(MAX_USERS);
    }
}
