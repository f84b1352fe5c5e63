package dev.lexigram.tenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.Tenancy;
import dev.lexigram.tenancy.enforcement.RequireTenant;
import dev.lexigram.tenancy.enforcement.WithoutTenant;
import dev.lexigram.tenancy.postgres.isolation.TenantDataSource;
import dev.lexigram.tenancy.spring.app.NotesApplication;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What ends the start, and what is said then. */
@TenancyTest
@ExtendWith(OutputCaptureExtension.class)
class StartUpTest {

    private static TestDatabase database;

    @BeforeAll
    static void createTable(TestDatabase testDatabase) {
        database = testDatabase;
        Notes.createTable(database);
    }

    @Test
    void unknown_and_wrong_properties_are_told_all_at_once_with_what_to_write_instead(CapturedOutput output) {
        refuse(
                NotesApplication.class,
                "tenancy.resolution.header-nme=x-org",
                "tenancy.isolation.audit=sometimes",
                "tenancy.resolution.resolvers[0]=jwt_claim",
                "tenancy.resolution.resolvers[1]=heeder");

        assertThat(output)
                .contains("APPLICATION FAILED TO START", "Tenancy is misconfigured:", "Action:")
                .contains("tenancy.resolution.header_nme", "tenancy.resolution.header_name")
                .contains("tenancy.isolation.audit");
    }

    @Test
    void a_configuration_that_could_admit_nobody_is_told(CapturedOutput output) {
        refuse(NotesApplication.class, "tenancy.resolution.resolvers=header", "tenancy.membership.source=none");

        assertThat(output).contains("APPLICATION FAILED TO START", "membership.source");
    }

    @Test
    void a_reason_that_is_blank_ends_the_start(CapturedOutput output) {
        refuse(BlankReason.class);

        assertThat(output).contains("APPLICATION FAILED TO START", "BlankReason", "write why it needs no tenant");
    }

    @Test
    void a_route_that_says_both_ends_the_start(CapturedOutput output) {
        refuse(Both.class);

        assertThat(output).contains("APPLICATION FAILED TO START", "has both @RequireTenant and @WithoutTenant");
    }

    @Test
    void a_guard_that_cannot_be_attached_ends_the_start(CapturedOutput output) {
        refuse(FinalMethod.class);

        assertThat(output).contains("APPLICATION FAILED TO START", "FinalMethod.guarded cannot be guarded");
    }

    @Test
    void another_database_ends_the_start_unless_it_is_excluded(CapturedOutput output) {
        refuse(OtherDatabase.class);
        assertThat(output).contains("APPLICATION FAILED TO START", "'other' is no PostgreSQL", "isolation.exclude");

        try (var service = start(OtherDatabase.class, "tenancy.isolation.exclude=other")) {
            assertThat(service.bean("other", DataSource.class)).isInstanceOf(JdbcDataSource.class);
            assertThat(service.bean("dataSource", DataSource.class)).isInstanceOf(TenantDataSource.class);
        }
    }

    @Test
    void a_login_with_too_many_rights_ends_the_start_with_the_sql_that_mends_it(CapturedOutput output) {
        refuse(
                NotesApplication.class,
                "spring.datasource.username=" + Role.SUPERUSER.login(),
                "spring.main.lazy-initialization=true");

        assertThat(output).contains("APPLICATION FAILED TO START", "The database does not keep tenants apart");
    }

    @Test
    void without_rights_in_schema_tenancy_the_control_plane_says_so(CapturedOutput output) {
        refuse(NotesApplication.class, "tenancy.control_plane.user=" + Role.APP.login());

        assertThat(output).contains("APPLICATION FAILED TO START", "Tenancy is misconfigured:");
    }

    @Test
    void switched_off_nothing_of_it_is_there() {
        try (var service = start(NotesApplication.class, "tenancy.enabled=no")) {
            assertThatThrownBy(() -> service.bean(Tenancy.class)).isInstanceOf(NoSuchBeanDefinitionException.class);
            assertThat(service.bean(DataSource.class)).isNotInstanceOf(TenantDataSource.class);
            assertThat(service.get("/marked", "").body()).isEqualTo("none");
        }
    }

    private static void refuse(Class<?> application, String... properties) {
        assertThatThrownBy(() -> start(application, properties).close()).isInstanceOf(Exception.class);
    }

    private static Service start(Class<?> application, String... properties) {
        var applications = application == NotesApplication.class
                ? new Class<?>[] {application}
                : new Class<?>[] {NotesApplication.class, application};
        return Service.start(applications, Service.on(database, properties));
    }

    @RestController
    static class BlankReason {
        @WithoutTenant(" ")
        @GetMapping("/blank")
        void blank() {}
    }

    @RequireTenant
    @RestController
    static class Both {
        @WithoutTenant("of course")
        @GetMapping("/both")
        void both() {}
    }

    static class FinalMethod {
        @RequireTenant
        final void guarded() {}
    }

    @Configuration
    static class OtherDatabase {
        @Bean(defaultCandidate = false)
        DataSource other() {
            var other = new JdbcDataSource();
            other.setURL("jdbc:h2:mem:other");
            return other;
        }
    }
}
