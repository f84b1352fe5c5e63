package dev.lexigram.tenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.postgres.isolation.RowLevelPolicies;
import dev.lexigram.tenancy.postgres.isolation.TenantDataSource;
import dev.lexigram.tenancy.spring.app.NotesApplication;
import dev.lexigram.tenancy.spring.jpa.Memo;
import dev.lexigram.tenancy.testkit.PostgresServer;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import jakarta.persistence.EntityManagerFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import javax.sql.DataSource;
import liquibase.integration.spring.SpringLiquibase;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tables are made by the migrator on a connection of its own, whichever tool does it, and the rest of Boot stays as it is. */
@ExtendWith(OutputCaptureExtension.class)
class MigrationsTest {

    private static final String POLICIES = RowLevelPolicies.forTables("note").script();
    private static final String WITH_JPA = Part.only(Part.JPA);
    private static final String WITH_LIQUIBASE = Part.only(Part.LIQUIBASE, Part.JPA);

    @TempDir
    Path scripts;

    private TestDatabase database;

    @BeforeEach
    void createDatabase() {
        database = PostgresServer.shared().createDatabase();
    }

    @AfterEach
    void dropDatabase() {
        PostgresServer.shared().drop(database);
    }

    @Test
    void liquibase_migrates_with_a_login_of_its_own_beside_jpa_and_one_data_source() throws IOException {
        writeChangeLog();

        try (var service = start(WITH_LIQUIBASE, "spring.liquibase.user=" + Role.MIGRATOR.login(), changeLog())) {
            Notes.assertIsolated(service);

            assertThat(service.beans(DataSource.class))
                    .hasOnlyElementsOfType(TenantDataSource.class)
                    .hasSize(1);
            assertThat(service.bean(EntityManagerFactory.class).isOpen()).isTrue();
        }
    }

    @Test
    void liquibase_with_the_login_of_the_application_is_refused_by_the_database(CapturedOutput output)
            throws IOException {
        writeChangeLog();

        refuse(WITH_LIQUIBASE, changeLog());

        assertThat(output).contains("APPLICATION FAILED TO START", "spring.liquibase", "tenancy_migrator");
    }

    @Test
    void a_liquibase_of_the_application_may_not_run_through_a_data_source_of_tenants(CapturedOutput output) {
        refuse(new Class<?>[] {NotesApplication.class, OwnLiquibase.class}, WITH_LIQUIBASE);

        assertThat(output).contains("APPLICATION FAILED TO START", "bean 'own' would migrate", "spring.liquibase.url");
    }

    @Test
    void nor_may_a_flyway_of_the_application(CapturedOutput output) {
        refuse(new Class<?>[] {NotesApplication.class, OwnFlyway.class}, Part.only());

        assertThat(output).contains("APPLICATION FAILED TO START", "bean 'own' would migrate", "spring.flyway.url");
    }

    @Test
    void flyway_runs_migrations_in_java_beside_jpa_and_one_data_source() throws IOException {
        Files.writeString(scripts.resolve("V2__tenants.sql"), POLICIES);

        try (var service = start(
                new Class<?>[] {NotesApplication.class, JavaMigration.class},
                WITH_JPA,
                "spring.flyway.enabled=true",
                "spring.flyway.user=" + Role.MIGRATOR.login(),
                "spring.flyway.locations=filesystem:" + scripts)) {
            Notes.assertIsolated(service);

            assertThat(service.beans(DataSource.class))
                    .hasOnlyElementsOfType(TenantDataSource.class)
                    .hasSize(1);
            assertThat(service.bean(EntityManagerFactory.class).isOpen()).isTrue();
        }
    }

    @Test
    void connection_details_that_are_a_bean_serve_the_application_and_flyway() throws IOException {
        Files.writeString(scripts.resolve("V1__note.sql"), "set local role tenancy_owner;\n" + Notes.TABLE + ";\n");
        Files.writeString(scripts.resolve("V2__tenants.sql"), POLICIES);

        try (var service = start(
                new Class<?>[] {NotesApplication.class, Details.class},
                Part.only(),
                "details.url=" + database.jdbcUrl(),
                "spring.datasource.url=jdbc:postgresql://nowhere/not-this",
                "spring.flyway.enabled=true",
                "spring.flyway.user=" + Role.MIGRATOR.login(),
                "spring.flyway.locations=filesystem:" + scripts)) {
            Notes.assertIsolated(service);
        }
    }

    @Test
    void scripts_of_spring_run_with_a_login_of_their_own_and_are_refused_with_the_one_that_serves(CapturedOutput output)
            throws IOException {
        Files.writeString(scripts.resolve("schema.sql"), "set role tenancy_owner;;" + Notes.TABLE + ";;" + POLICIES);
        var init = new String[] {
            "spring.sql.init.mode=always",
            "spring.sql.init.separator=;;",
            "spring.sql.init.schema-locations=file:" + scripts.resolve("schema.sql")
        };

        refuse(init);
        assertThat(output)
                .contains(
                        "APPLICATION FAILED TO START", "'dataSourceScriptDatabaseInitializer' initialises the database")
                .contains("username: tenancy_migrator");

        try (var service = start(with(init, "spring.sql.init.username=" + Role.MIGRATOR.login()))) {
            Notes.assertIsolated(service);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"create", "update", "create-drop"})
    void tables_that_hibernate_would_make_end_the_start_with_what_to_write(String action, CapturedOutput output) {
        Notes.createTable(database);

        refuse(
                new Class<?>[] {NotesApplication.class, Entities.class},
                WITH_JPA,
                "spring.jpa.hibernate.ddl-auto=" + action);

        assertThat(output).contains("APPLICATION FAILED TO START", "spring.jpa.hibernate.ddl-auto: validate");
    }

    @Test
    void tables_that_hibernate_would_make_before_the_scripts_end_the_start_too(CapturedOutput output) {
        Notes.createTable(database);

        refuse(
                new Class<?>[] {NotesApplication.class, Entities.class},
                WITH_JPA,
                "spring.jpa.hibernate.ddl-auto=update",
                "spring.jpa.defer-datasource-initialization=true");

        assertThat(output)
                .contains("APPLICATION FAILED TO START", "spring.jpa.defer-datasource-initialization is true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"validate", "none", "update"})
    void tables_that_are_there_satisfy_hibernate(String action) {
        Notes.createTable(database);
        database.execute(
                Role.MIGRATOR,
                "set role tenancy_owner; create table memo (id bigint generated always as identity primary key, body"
                        + " varchar(255))");
        RowLevelPolicies.forTables("memo").apply(database.as(Role.MIGRATOR));

        try (var service = start(
                new Class<?>[] {NotesApplication.class, Entities.class},
                WITH_JPA,
                "spring.jpa.hibernate.ddl-auto=" + action,
                "tenancy.isolation.tables.tenant=note,memo")) {
            Notes.assertIsolated(service);
        }
    }

    private void writeChangeLog() throws IOException {
        Files.writeString(scripts.resolve("changes.sql"), """
                --liquibase formatted sql
                --changeset notes:1
                set local role tenancy_owner;
                %s;
                --changeset notes:2 splitStatements:false
                %s
                """.formatted(Notes.TABLE, POLICIES));
    }

    private String changeLog() {
        return "spring.liquibase.change-log=file:" + scripts.resolve("changes.sql");
    }

    private Service start(String... properties) {
        return start(new Class<?>[] {NotesApplication.class}, properties);
    }

    private Service start(Class<?>[] application, String... properties) {
        return Service.start(application, Service.on(database, properties));
    }

    private void refuse(String... properties) {
        refuse(new Class<?>[] {NotesApplication.class}, properties);
    }

    private void refuse(Class<?>[] application, String... properties) {
        assertThatThrownBy(() -> start(application, properties).close()).isInstanceOf(Exception.class);
    }

    private static String[] with(String[] some, String more) {
        var all = new ArrayList<>(Arrays.asList(some));
        all.add(more);
        return all.toArray(String[]::new);
    }

    @Configuration
    @EntityScan(basePackageClasses = Memo.class)
    static class Entities {}

    /** As a service connection of Testcontainers makes them. */
    @Configuration
    static class Details {

        @Bean
        JdbcConnectionDetails details(@Value("${details.url}") String url) {
            return new JdbcConnectionDetails() {

                @Override
                public String getUsername() {
                    return Role.APP.login();
                }

                @Override
                public String getPassword() {
                    return "";
                }

                @Override
                public String getJdbcUrl() {
                    return url;
                }
            };
        }
    }

    @Configuration
    static class OwnLiquibase {

        @Bean
        SpringLiquibase own(DataSource dataSource) {
            var liquibase = new SpringLiquibase();
            liquibase.setDataSource(dataSource);
            return liquibase;
        }
    }

    @Configuration
    static class OwnFlyway {

        @Bean(initMethod = "migrate")
        Flyway own(DataSource dataSource) {
            return Flyway.configure().dataSource(dataSource).load();
        }
    }

    @Configuration
    static class JavaMigration {

        @Bean
        FlywayConfigurationCustomizer inJava() {
            return flyway -> flyway.javaMigrations(new V1__note());
        }
    }
}
