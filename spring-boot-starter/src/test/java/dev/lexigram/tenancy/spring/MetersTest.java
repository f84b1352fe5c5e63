package dev.lexigram.tenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.spring.app.NotesApplication;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** However many tenants ask, there are no more meters, and none of them names a tenant. */
@TenancyTest
class MetersTest {

    private static final int MANY = 200;

    private static Service service;

    @BeforeAll
    static void start(TestDatabase database) {
        Notes.createTable(database);
        service = Service.start(
                NotesApplication.class, Service.on(database, "tenancy.resolution.subdomain_pattern=example.com"));
        Notes.createTenants(service);
        ask("acme", "ann");
        ask("unknown-before", "ann");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void RX_06_tenants_that_ask_make_no_meters_and_stand_in_no_tag() {
        var meters = service.bean(MeterRegistry.class);
        var before = ids(meters);

        for (int number = 0; number < MANY; number++) {
            ask("tenant-" + number, "ann");
        }
        ask("globex", "bob");

        assertThat(ids(meters)).isEqualTo(before);
        assertThat(meters.find("http.server.requests").timers())
                .as("requests are measured")
                .isNotEmpty();
        assertThat(tags(meters)).doesNotContain("acme", "globex").noneMatch(tag -> tag.startsWith("tenant-"));
    }

    @Test
    void RX_06_control_a_meter_with_a_tenant_in_a_tag_would_be_seen() {
        var meters = service.bean(MeterRegistry.class);
        var bad = meters.counter("bad", "tenant", "acme");
        try {
            assertThat(tags(meters)).contains("acme");
        } finally {
            meters.remove(bad);
        }
    }

    private static void ask(String tenant, String user) {
        service.get("/notes", Tokens.of(user, tenant));
        service.get("/notes", Tokens.of(user), "X-Tenant-ID", tenant);
        service.get("/tenants/" + tenant + "/notes", Tokens.of(user));
    }

    /** But for those of the JVM itself, which may come at any time. */
    private static Set<Meter.Id> ids(MeterRegistry meters) {
        return meters.getMeters().stream()
                .map(Meter::getId)
                .filter(id -> !id.getName().startsWith("jvm."))
                .collect(Collectors.toSet());
    }

    private static List<String> tags(MeterRegistry meters) {
        return meters.getMeters().stream()
                .map(Meter::getId)
                .flatMap(id -> id.getTags().stream())
                .map(Tag::getValue)
                .toList();
    }
}
