package dev.lexigram.tenancy.example.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.acceptance.Api;
import dev.lexigram.tenancy.acceptance.TestEnvironment;
import dev.lexigram.tenancy.example.InvoicingApplication;
import dev.lexigram.tenancy.lifecycle.TenantLifecycleService;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

class TourTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Narrator narrator = new Narrator(new PrintStream(printed, true, StandardCharsets.UTF_8), false);

    @Test
    void every_answer_is_as_it_should_be_and_fits_into_80_columns() {
        try (var service = start()) {
            tour(service);
        }

        assertThat(narrator.failures()).as(text()).isZero();
        assertThat(narrator.checks()).isGreaterThan(20);
        assertThat(text().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void control_without_the_policies_the_tour_finds_wrong_answers() {
        try (var service = start()) {
            service.getBean(TestDatabase.class)
                    .execute(Role.SUPERUSER, "alter table customer disable row level security");
            tour(service);
        }

        assertThat(narrator.failures()).as(text()).isGreaterThan(5);
        assertThat(text()).contains("WRONG");
    }

    private void tour(ConfigurableApplicationContext service) {
        var port = service.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        var tenants = service.getBean(TenantLifecycleService.class);
        var acme = tenants.getTenant(TenantId.of("acme")).orElseThrow();
        var sql = new RawSql(service.getBean(DataSource.class));
        new Tour(narrator, Api.on(port), sql, tenants, acme).run();
    }

    private static ConfigurableApplicationContext start() {
        return new SpringApplicationBuilder(InvoicingApplication.class)
                .initializers(new TestEnvironment())
                .run("--server.port=0");
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
