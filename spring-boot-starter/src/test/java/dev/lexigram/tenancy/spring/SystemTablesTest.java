package dev.lexigram.tenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.spring.app.NotesApplication;
import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.TriggerBuilder;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Sessions, batches, schedules and locks beside tenants: their tables are everybody's, made by the migrator and granted
 * with the lines that the start itself has given.
 */
@TenancyTest
@ExtendWith(OutputCaptureExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SystemTablesTest {

    private static final BlockingQueue<String> RAN = new LinkedBlockingQueue<>();
    private static final String JOB = "job";

    private static TestDatabase database;

    @BeforeAll
    static void createTables(TestDatabase testDatabase) {
        database = testDatabase;
        Notes.createTable(database);
        database.execute(Role.MIGRATOR, """
                set role tenancy_owner;
                create table shedlock (
                    name varchar(64) primary key, lock_until timestamp not null, locked_at timestamp not null,
                    locked_by varchar(255) not null);
                grant select, insert, update, delete on shedlock to tenancy_app""");
    }

    @Order(1)
    @ParameterizedTest
    @CsvSource({
        "SESSION, spring.session.jdbc, org/springframework/session/jdbc/schema-postgresql.sql",
        "BATCH, spring.batch.jdbc, org/springframework/batch/core/schema-postgresql.sql",
        "QUARTZ, spring.quartz.jdbc, org/quartz/impl/jdbcjobstore/tables_postgres.sql",
    })
    void tables_that_boot_would_make_end_the_start_and_the_lines_that_are_told_then_make_them(
            Part part, String property, String script, CapturedOutput output) throws IOException {
        assertThatThrownBy(() -> Service.start(
                                NotesApplication.class,
                                Service.on(
                                        database,
                                        Part.only(part),
                                        "spring.quartz.job-store-type=jdbc",
                                        property + ".initialize-schema=always"))
                        .close())
                .isInstanceOf(Exception.class);

        assertThat(output)
                .contains("APPLICATION FAILED TO START", "Set " + property + ".initialize-schema: never", script);
        var lines = output.toString();
        var grants = lines.substring(lines.indexOf("do $$"), lines.lastIndexOf("end $$;") + "end $$;".length());
        var tables = new ClassPathResource(script).getContentAsString(StandardCharsets.UTF_8);
        database.execute(Role.MIGRATOR, "set local role tenancy_owner;\n" + tables + grants);
    }

    @Test
    @Order(2)
    void they_work_in_a_started_application_whoever_is_bound() throws Exception {
        var application = new Class<?>[] {NotesApplication.class, Users.class};
        try (var service = Service.start(
                application,
                Service.on(
                        database,
                        Part.only(Part.SESSION, Part.BATCH, Part.QUARTZ),
                        "spring.batch.job.enabled=false",
                        "spring.quartz.job-store-type=jdbc",
                        "spring.quartz.properties.org.quartz.jobStore.driverDelegateClass"
                                + "=org.quartz.impl.jdbcjobstore.PostgreSQLDelegate"))) {
            Notes.assertIsolated(service);

            sessionsAreKept(service);
            batchesRun(service);
            schedulesFire(service);
            locksAreTaken(service);
        }
    }

    private static void sessionsAreKept(Service service) {
        var first = service.get("/visits", Tokens.of("ann", "acme"));
        assertThat(first.body()).isEqualTo("1");
        var session = first.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];

        assertThat(service.get("/visits", "", "Cookie", session).body())
                .as("with no tenant")
                .isEqualTo("2");
        assertThat(service.get("/visits", Tokens.of("bob", "globex"), "Cookie", session)
                        .body())
                .isEqualTo("3");
        assertThat(service.get("/visits", Tokens.of("ann", "acme"), "Cookie", session)
                        .body())
                .isEqualTo("4");
    }

    private static void batchesRun(Service service) throws Exception {
        var operator = service.bean(JobOperator.class);
        var job = service.bean(JOB, org.springframework.batch.core.job.Job.class);
        var acme = Tenant.active(TenantId.of("acme"), Slug.of("acme"), "acme", Instant.EPOCH);

        var without = operator.start(
                job, new JobParametersBuilder().addString("of", "none").toJobParameters());
        assertThat(without.getStatus()).isEqualTo(BatchStatus.FAILED);
        assertThat(without.getAllFailureExceptions().toString()).contains("TenantRequiredException");

        var within = TenantContext.callAs(
                acme,
                () -> operator.start(
                        job, new JobParametersBuilder().addString("of", "acme").toJobParameters()));
        assertThat(within.getStatus()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(service.get("/notes", Tokens.of("ann", "acme")).body()).contains("by a batch");
        assertThat(service.get("/notes", Tokens.of("bob", "globex")).body()).isEqualTo("[]");
    }

    private static void schedulesFire(Service service) throws Exception {
        service.bean(Scheduler.class)
                .scheduleJob(
                        JobBuilder.newJob(Scheduled.class).withIdentity("once").build(),
                        TriggerBuilder.newTrigger().startNow().build());

        assertThat(RAN.poll(30, TimeUnit.SECONDS)).isEqualTo("none");
    }

    private static void locksAreTaken(Service service) {
        var lock =
                "insert into shedlock values ('job', now() + interval '1 minute', now(), 'me') on conflict do nothing";
        assertThat(service.bean(JdbcClient.class).sql(lock).update()).isEqualTo(1);
        assertThat(service.bean(JdbcClient.class).sql(lock).update()).isZero();
    }

    /** A job that says whose it is. */
    public static final class Scheduled implements Job {

        @Override
        public void execute(JobExecutionContext context) {
            RAN.add(TenantContext.current().map(tenant -> tenant.id().value()).orElse("none"));
        }
    }

    @Configuration
    static class Users {

        @Bean(JOB)
        org.springframework.batch.core.job.Job job(
                JobRepository jobs, PlatformTransactionManager transactions, JdbcClient jdbc) {
            var step = new StepBuilder("step", jobs)
                    .tasklet(
                            (contribution, context) -> {
                                jdbc.sql("insert into note (body) values (?)")
                                        .param("by a batch")
                                        .update();
                                return RepeatStatus.FINISHED;
                            },
                            transactions)
                    .build();
            return new org.springframework.batch.core.job.builder.JobBuilder(JOB, jobs)
                    .start(step)
                    .build();
        }

        @Bean
        Visits visits() {
            return new Visits();
        }
    }

    @RestController
    static class Visits {

        @GetMapping("/visits")
        String visits(HttpSession session) {
            var visits = session.getAttribute("visits") instanceof Integer known ? known + 1 : 1;
            session.setAttribute("visits", visits);
            return String.valueOf(visits);
        }
    }
}
