package dev.lexigram.tenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.spring.app.NotesApplication;
import dev.lexigram.tenancy.testkit.PostgresServer;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whether an instance gets requests depends on its control plane and on its isolation; whether it is restarted does not. */
class ReadinessTest {

    private static final String READINESS = "/actuator/health/readiness";
    private static final String LIVENESS = "/actuator/health/liveness";

    private TestDatabase database;

    @BeforeEach
    void createDatabase() {
        database = PostgresServer.shared().createDatabase();
        Notes.createTable(database);
    }

    @AfterEach
    void dropDatabase() {
        PostgresServer.shared().drop(database);
    }

    @Test
    void an_instance_without_its_control_plane_is_alive_and_not_ready() {
        try (var service = start()) {
            assertThat(service.get("/actuator/health", "").body())
                    .contains("\"tenantStore\":{\"status\":\"UP\"}", "\"tenantIsolation\":{\"status\":\"UP\"}");
            assertThat(service.get(READINESS, "").statusCode()).isEqualTo(200);

            loseControlPlane();

            assertThat(service.get("/actuator/health", "").body())
                    .contains("\"tenantStore\":{\"status\":\"DOWN\"}", "\"tenantIsolation\":{\"status\":\"UP\"}");
            assertThat(service.get(READINESS, "").statusCode()).isEqualTo(503);
            assertThat(service.get(LIVENESS, "").statusCode()).isEqualTo(200);

            database.execute(Role.SUPERUSER, "alter table tenancy.away rename to tenants");
            assertThat(service.get(READINESS, "").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void who_has_stated_what_belongs_to_readiness_keeps_it() {
        try (var service = start("management.endpoint.health.group.readiness.include=readinessState")) {
            loseControlPlane();

            assertThat(service.get(READINESS, "").statusCode()).isEqualTo(200);
            assertThat(service.get("/actuator/health", "").statusCode()).isEqualTo(503);
        }
    }

    private void loseControlPlane() {
        database.execute(Role.SUPERUSER, "alter table tenancy.tenants rename to away");
    }

    private Service start(String... more) {
        var properties = new ArrayList<>(
                List.of("management.endpoint.health.show-components=always", "spring.main.banner-mode=off"));
        properties.addAll(List.of(more));
        return Service.start(NotesApplication.class, Service.on(database, properties.toArray(String[]::new)));
    }
}
