package dev.lexigram.tenancy.example.plans;

import dev.lexigram.tenancy.enforcement.WithoutTenant;
import java.util.List;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The price list over HTTP. Its table and its cache are declared shared: both have no tenant. */
@RestController
class PlanController {

    private final JdbcClient jdbc;

    PlanController(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @GetMapping("/plans")
    @Cacheable("plans")
    @WithoutTenant("the price list is for those who are no tenant yet")
    public List<Plan> plans() {
        return jdbc.sql("select code, name, monthly_price from plan order by monthly_price")
                .query(Plan.class)
                .list();
    }
}
