package dev.lexigram.tenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.spring.app.NotesApplication;
import dev.lexigram.tenancy.spring.marked.MarkedNoteController;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import jakarta.persistence.EntityManagerFactory;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An application whose entities have a {@code @TenantId}, with every cache of Hibernate, in requests of two tenants. */
@TenancyTest
class MarkedNotesOverHttpTest {

    private static final String ANN = Tokens.of("ann", "acme");
    private static final String BOB = Tokens.of("bob", "globex");

    private static TestDatabase database;
    private static Service service;

    @BeforeAll
    static void start(TestDatabase testDatabase) {
        database = testDatabase;
        Notes.createTable(database);
        service = Service.start(
                new Class<?>[] {NotesApplication.class, MarkedNoteController.class},
                Service.on(
                        database,
                        Part.only(Part.JPA),
                        "spring.jpa.properties.hibernate.cache.use_second_level_cache=true",
                        "spring.jpa.properties.hibernate.cache.use_query_cache=true",
                        "spring.jpa.properties.hibernate.cache.region.factory_class=jcache",
                        "spring.jpa.properties.hibernate.cache.region_prefix=marked",
                        "spring.jpa.properties.hibernate.generate_statistics=true",
                        "spring.jpa.properties.hibernate.javax.cache.missing_cache_strategy=create",
                        "spring.jpa.properties.hibernate.javax.cache.provider="
                                + "com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider"));
        Notes.createTenants(service);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void I_15_a_request_writes_its_tenant_and_gets_what_is_cached_for_it_alone() {
        var written = service.post("/marked-notes", ANN, "of acme").body();
        var id = written.substring(0, written.indexOf(' '));
        service.post("/marked-notes", BOB, "of globex");

        assertThat(written).isEqualTo(id + " of acme");
        for (var attempt = 1; attempt <= 2; attempt++) {
            assertThat(service.get("/marked-notes", ANN).body()).isEqualTo("[\"of acme\"]");
            assertThat(service.get("/marked-notes", BOB).body()).isEqualTo("[\"of globex\"]");
            assertThat(service.get("/marked-notes/" + id, ANN).body()).isEqualTo("of acme");
            assertThat(service.get("/marked-notes/" + id, BOB).body()).isEqualTo("there is none");
        }

        database.execute(Role.SUPERUSER, "update note set body = 'past the caches'");
        assertThat(service.get("/marked-notes", ANN).body())
                .as("from the cache")
                .isEqualTo("[\"of acme\"]");
        assertThat(service.get("/marked-notes/" + id, ANN).body())
                .as("from the cache")
                .isEqualTo("of acme");

        service.bean(EntityManagerFactory.class)
                .unwrap(SessionFactory.class)
                .getCache()
                .evictAllRegions();
        assertThat(service.get("/marked-notes", BOB).body()).isEqualTo("[\"past the caches\"]");
    }
}
