package dev.lexigram.tenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.lifecycle.TenantProvider;
import dev.lexigram.tenancy.spring.app.NotesApplication;
import dev.lexigram.tenancy.spring.cached.CachedNote;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import jakarta.persistence.EntityManagerFactory;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

/** Hibernate's caches beyond a session know nothing of tenants. */
@TenancyTest
@ExtendWith(OutputCaptureExtension.class)
class SecondLevelCacheTest {

    private static final List<String> CACHING = List.of(
            "spring.jpa.properties.hibernate.cache.use_second_level_cache=true",
            "spring.jpa.properties.hibernate.cache.use_query_cache=true",
            "spring.jpa.properties.hibernate.cache.region.factory_class=jcache",
            "spring.jpa.properties.hibernate.javax.cache.missing_cache_strategy=create",
            "spring.jpa.properties.hibernate.javax.cache.provider="
                    + "com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider");

    private static TestDatabase database;

    @BeforeAll
    static void createTable(TestDatabase testDatabase) {
        database = testDatabase;
        Notes.createTable(database);
    }

    @Test
    void CA_09_an_application_that_uses_them_does_not_start_and_is_told_what_to_write(CapturedOutput output) {
        assertThatThrownBy(() -> start(Part.only(Part.JPA)).close()).isInstanceOf(Exception.class);

        assertThat(output)
                .contains(
                        "APPLICATION FAILED TO START",
                        "spring.jpa.properties.hibernate.cache.use_second_level_cache: false",
                        "spring.jpa.properties.hibernate.cache.use_query_cache: false");
    }

    @Test
    void CA_09_control_without_the_check_one_tenant_gets_what_another_has_loaded() {
        var unchecked = ",dev.lexigram.tenancy.spring.cache.TenancyCacheAutoConfiguration";
        try (var service = start(Part.only(Part.JPA) + unchecked)) {
            Notes.createTenants(service);
            database.execute(
                    Role.SUPERUSER,
                    "insert into note (id, body, tenant_id) overriding system value values (7, 'of acme', 'acme')");

            assertThat(body(service, "acme")).isEqualTo("of acme");
            assertThat(body(service, "globex")).as("read past the policy").isEqualTo("of acme");
        }
    }

    private static Service start(String parts) {
        var properties = new ArrayList<>(CACHING);
        properties.add(parts);
        return Service.start(
                new Class<?>[] {NotesApplication.class, Entities.class},
                Service.on(database, properties.toArray(String[]::new)));
    }

    private static @Nullable String body(Service service, String tenant) {
        var known = service.bean(TenantProvider.class)
                .getTenant(TenantId.of(tenant))
                .orElseThrow();
        return TenantContext.callAs(known, () -> {
            try (var entities = service.bean(EntityManagerFactory.class).createEntityManager()) {
                var note = entities.find(CachedNote.class, 7L);
                return note == null ? null : note.getBody();
            }
        });
    }

    @Configuration
    @EntityScan(basePackageClasses = CachedNote.class)
    static class Entities {}
}
