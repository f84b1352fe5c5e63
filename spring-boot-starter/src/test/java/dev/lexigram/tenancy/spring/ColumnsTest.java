package dev.lexigram.tenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.postgres.isolation.RowLevelPolicies;
import dev.lexigram.tenancy.spring.app.NotesApplication;
import dev.lexigram.tenancy.spring.columns.Specimen;
import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import jakarta.persistence.EntityManagerFactory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Columns of every kind stay as they were when their table becomes one of tenants. */
@TenancyTest
class ColumnsTest {

    private static final Tenant ACME = tenant("acme");
    private static final Tenant GLOBEX = tenant("globex");

    private static Service service;

    @BeforeAll
    static void start(TestDatabase database) {
        Notes.createTable(database);
        database.execute(Role.MIGRATOR, """
                set role tenancy_owner;
                create type mood as enum ('calm', 'angry');
                create domain mail_address as text check (value like '%@%');
                create sequence specimen_seq increment by 10;
                grant usage on sequence specimen_seq to tenancy_app;
                create table specimen (
                    id bigint primary key,
                    code uuid not null,
                    mood mood not null,
                    facts jsonb not null,
                    labels varchar(255)[] not null,
                    mail mail_address not null,
                    domain_part text generated always as (split_part(mail, '@', 2)) stored)""");
        RowLevelPolicies.forTables("specimen").apply(database.as(Role.MIGRATOR));
        service = Service.start(
                new Class<?>[] {NotesApplication.class, Entities.class},
                Service.on(database, Part.only(Part.JPA), "tenancy.isolation.tables.tenant=note,specimen"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void jpa_writes_and_reads_them() {
        var written = new Specimen("ann@acme.example", Specimen.Mood.angry, Map.of("k", "v"), List.of("a", "b"));

        var id = TenantContext.callAs(
                ACME,
                () -> entities().callInTransaction(entities -> {
                    entities.persist(written);
                    return written.id();
                }));

        var read = TenantContext.callAs(
                ACME, () -> entities().callInTransaction(entities -> entities.find(Specimen.class, id)));
        assertThat(read.code()).isEqualTo(written.code());
        assertThat(read.mood()).isEqualTo(Specimen.Mood.angry);
        assertThat(read.facts()).isEqualTo(Map.of("k", "v"));
        assertThat(read.labels()).containsExactly("a", "b");
        assertThat(read.domainPart()).isEqualTo("acme.example").isEqualTo(written.domainPart());
        Specimen foreign = TenantContext.callAs(
                GLOBEX, () -> entities().callInTransaction(entities -> entities.find(Specimen.class, id)));
        assertThat(foreign).isNull();
    }

    @Test
    void jdbc_writes_and_reads_them() {
        TenantContext.runAs(GLOBEX, () -> {
            var jdbc = service.bean(JdbcClient.class);
            jdbc.sql("""
                            insert into specimen (id, code, mood, facts, labels, mail)
                            values (nextval('specimen_seq'), gen_random_uuid(), ?::mood, ?::jsonb, ?, ?)""")
                    .params("calm", "{\"k\": [1]}", new String[] {"x"}, "bob@globex.example")
                    .update();

            assertThat(jdbc.sql(
                                    "select facts->'k'->>0 || labels[1] || domain_part || mood from specimen where labels @> ?")
                            .param(new String[] {"x"})
                            .query(String.class)
                            .single())
                    .isEqualTo("1xglobex.examplecalm");
            assertThatThrownBy(() ->
                            jdbc.sql("update specimen set mail = 'nothing'").update())
                    .hasMessageContaining("mail_address");
        });
    }

    private static EntityManagerFactory entities() {
        return service.bean(EntityManagerFactory.class);
    }

    private static Tenant tenant(String name) {
        return Tenant.active(TenantId.of(name), Slug.of(name), name, Instant.EPOCH);
    }

    @Configuration
    @EntityScan(basePackageClasses = Specimen.class)
    static class Entities {}
}
