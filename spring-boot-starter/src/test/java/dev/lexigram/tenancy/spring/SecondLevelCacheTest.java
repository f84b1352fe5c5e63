package dev.lexigram.tenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.spring.app.NotesApplication;
import dev.lexigram.tenancy.spring.cached.CachedNote;
import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import jakarta.persistence.EntityManagerFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hibernate.context.spi.CurrentTenantIdentifierResolver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Hibernate's caches beyond a session are kept by tenant, or not started with. */
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

    @BeforeEach
    void noteOfAcme() {
        database.execute(
                Role.SUPERUSER,
                "truncate note; insert into note (id, body, tenant_id) overriding system value values (7, 'of acme', 'acme')");
    }

    @Test
    void CA_09_each_tenant_gets_its_own() {
        try (var service = start(Part.only(Part.JPA))) {
            assertThat(body(service, "acme")).isEqualTo("of acme");
            assertThat(body(service, "globex")).isNull();

            database.execute(Role.SUPERUSER, "update note set body = 'past the cache'");
            assertThat(body(service, "acme")).as("answered by the cache").isEqualTo("of acme");
        }
    }

    @ParameterizedTest
    @MethodSource("untied")
    void CA_09_an_application_whose_sessions_are_not_tied_does_not_start_and_is_told_what_to_add(
            String property, Class<?> configuration, CapturedOutput output) {
        assertThatThrownBy(() -> start(property, configuration).close()).isInstanceOf(Exception.class);

        assertThat(output)
                .contains(
                        "APPLICATION FAILED TO START",
                        "add lexigram-tenancy-hibernate",
                        "spring.jpa.properties.hibernate.cache.use_second_level_cache: false",
                        "spring.jpa.properties.hibernate.cache.use_query_cache: false");
    }

    static Stream<Arguments> untied() {
        return Stream.of(
                Arguments.of(Part.only(Part.JPA) + Part.WITHOUT_TENANT_SESSIONS, Entities.class),
                Arguments.of(Part.only(Part.JPA), ResolverOfItsOwn.class),
                Arguments.of(
                        "spring.jpa.properties.hibernate.tenant_identifier_resolver=" + Everybody.class.getName(),
                        Entities.class),
                Arguments.of("tenancy.isolation.adoption=report", Entities.class));
    }

    @Test
    void CA_09_control_without_module_and_check_one_tenant_gets_what_another_has_loaded() {
        var unchecked = ",dev.lexigram.tenancy.spring.cache.TenancyCacheAutoConfiguration";
        try (var service = start(Part.only(Part.JPA) + Part.WITHOUT_TENANT_SESSIONS + unchecked)) {
            assertThat(body(service, "acme")).isEqualTo("of acme");
            assertThat(body(service, "globex")).as("read past the policy").isEqualTo("of acme");
        }
    }

    private static Service start(String property) {
        return start(property, Entities.class);
    }

    private static Service start(String property, Class<?> configuration) {
        var properties = new ArrayList<>(CACHING);
        properties.add(Part.only(Part.JPA));
        properties.add(property); // the last of a name counts
        return Service.start(
                new Class<?>[] {NotesApplication.class, Entities.class, configuration},
                Service.on(database, properties.toArray(String[]::new)));
    }

    private static @Nullable String body(Service service, String tenant) {
        var known = Tenant.active(TenantId.of(tenant), Slug.of(tenant), tenant, Instant.EPOCH);
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

    @Configuration
    static class ResolverOfItsOwn {

        @Bean
        CurrentTenantIdentifierResolver<String> tenants() {
            return new Everybody();
        }
    }

    public static final class Everybody implements CurrentTenantIdentifierResolver<String> {

        @Override
        public String resolveCurrentTenantIdentifier() {
            return "everybody";
        }

        @Override
        public boolean validateExistingCurrentSessions() {
            return false;
        }
    }
}
