package dev.lexigram.tenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.postgres.isolation.RowLevelObservation;
import dev.lexigram.tenancy.postgres.isolation.RowLevelPolicies;
import dev.lexigram.tenancy.postgres.isolation.WouldBeRefusals;
import dev.lexigram.tenancy.spring.app.NotesApplication;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** I-16: an application with rows, first observed and then enforced. */
@TenancyTest
@ExtendWith(OutputCaptureExtension.class)
class AdoptionTest {

    private static final String REPORT = "tenancy.isolation.adoption=report";
    private static final String WHERE = "dev.lexigram.tenancy.spring.app.OpenController.notes:";

    private TestDatabase database;

    @BeforeEach
    void an_observed_table_with_a_row(TestDatabase testDatabase) {
        database = testDatabase;
        database.execute(Role.MIGRATOR, "set role tenancy_owner; drop table if exists note;" + Notes.TABLE);
        database.execute(Role.MIGRATOR, "insert into note (body) values ('old')");
        RowLevelObservation.forTables("note").apply(database.as(Role.MIGRATOR));
    }

    @Test
    void while_it_reports_all_is_served_and_each_place_is_told(CapturedOutput output) {
        try (var service = Service.start(NotesApplication.class, Service.on(database, REPORT))) {
            Notes.createTenants(service);
            assertThat(health(service).getDetails())
                    .containsEntry("adoption", "report")
                    .containsEntry("places", 0);

            var withoutTenant = service.get("/open/notes", "");
            service.get("/open/notes", "");
            service.post("/notes", Tokens.of("ann", "acme"), "of acme");
            var all = service.get("/notes", Tokens.of("bob", "globex"));

            assertThat(withoutTenant.statusCode()).isEqualTo(200);
            assertThat(withoutTenant.body()).isEqualTo("[\"old\"]");
            assertThat(all.body()).isEqualTo("[\"old\",\"of acme\"]");
            assertThat(health(service).getStatus()).isEqualTo(Status.UP);
            assertThat(health(service).getDetails())
                    .containsEntry("wouldBeRefused", 3L)
                    .containsEntry("places", 2);
            assertThat(health(service).getDetails().get("latest").toString())
                    .contains("a statement with no tenant in public.note at " + WHERE)
                    .contains("a row of another tenant in public.note at "
                            + "dev.lexigram.tenancy.spring.app.NoteController.notes:");
            assertThat(info(service)).contains("adoption=report", "wouldBeRefused=3", "binders=");
            assertThat(service.bean(WouldBeRefusals.class).further()).isZero();
        }
        assertThat(output)
                .contains("isolation.adoption is report: tenants are NOT kept apart")
                .containsOnlyOnce("a statement with no tenant in public.note, as no tenant, at " + WHERE)
                .contains("as tenant globex, at ");
    }

    @Test
    void enforced_on_the_observed_table_it_does_not_start_and_on_the_protected_one_it_refuses(CapturedOutput output) {
        assertThatThrownBy(() -> Service.start(NotesApplication.class, Service.on(database))
                        .close())
                .isInstanceOf(Exception.class);
        assertThat(output).contains("APPLICATION FAILED TO START", "POLICY_NOT_CANONICAL", "TENANT_ID_NULLABLE");

        RowLevelPolicies.forTables("note").withFirstTenant(TenantId.of("acme")).apply(database.as(Role.MIGRATOR));

        try (var service = Service.start(NotesApplication.class, Service.on(database))) {
            assertThat(service.get("/open/notes", "").body()).contains("LEX_ERR_TENANT_010");
            assertThat(health(service).getDetails()).doesNotContainKeys("adoption", "latest");
            assertThat(info(service)).doesNotContain("adoption");
        }
    }

    @Test
    void what_stands_in_the_way_of_enforcing_is_told_and_does_not_end_the_start(CapturedOutput output) {
        database.execute(Role.MIGRATOR, """
                set role tenancy_owner;
                create table bare (id int); grant select on bare to tenancy_app;
                create table safe (id int)""");
        RowLevelPolicies.forTables("safe").apply(database.as(Role.MIGRATOR));
        var superuser = "spring.datasource.username=" + Role.SUPERUSER.login();
        try (var service = Service.start(NotesApplication.class, Service.on(database, REPORT, superuser))) {
            assertThat(service.get("/open/notes", "").body()).isEqualTo("[\"old\"]");
            assertThat(service.bean(WouldBeRefusals.class).entries()).isEmpty();
        } finally {
            database.execute(Role.MIGRATOR, "drop table bare, safe");
        }
        assertThat(output)
                .contains("ROLE_SUPERUSER", "ROLE_NOT_OBSERVED role postgres")
                .contains("TABLE_NOT_OBSERVED public.bare", "TABLE_PROTECTED public.safe")
                .doesNotContain("TABLE_NOT_OBSERVED public.note");
    }

    private static Health health(Service service) {
        return service.bean("tenantIsolationHealthIndicator", HealthIndicator.class)
                .health();
    }

    private static String info(Service service) {
        var info = new Info.Builder();
        service.bean("tenancyInfoContributor", InfoContributor.class).contribute(info);
        return info.build().getDetails().toString();
    }
}
