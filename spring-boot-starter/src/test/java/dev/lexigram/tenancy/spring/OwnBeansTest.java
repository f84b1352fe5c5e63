package dev.lexigram.tenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.enforcement.TenantMembership;
import dev.lexigram.tenancy.resolution.Resolution;
import dev.lexigram.tenancy.resolution.TenantResolutionContext;
import dev.lexigram.tenancy.resolution.TenantResolver;
import dev.lexigram.tenancy.spring.app.NotesApplication;
import dev.lexigram.tenancy.stores.InMemoryTenantStore;
import dev.lexigram.tenancy.stores.TenantPage;
import dev.lexigram.tenancy.stores.TenantQuery;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantEvent;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantUnavailableException;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The application's beans take the place of the library's: a store, a membership and a resolver. */
@TenancyTest
class OwnBeansTest {

    private static Service service;

    @BeforeAll
    static void start(TestDatabase database) {
        Notes.createTable(database);
        service = Service.start(
                new Class<?>[] {NotesApplication.class, OwnBeans.class},
                Service.on(database, "tenancy.membership.source=none", "tenancy.resolution.validator-cache-ttl=0"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void AZ_09_a_membership_that_fails_denies_with_503() {
        assertUnavailable(service.get("/marked", Tokens.of("ann"), "X-Tenant-ID", "acme"));
        assertUnavailable(service.get("/open", Tokens.of("ann"), "X-Tenant-ID", "acme"));
        assertThat(service.get("/marked", Tokens.of("ann", "acme")).body()).isEqualTo("acme"); // needs no membership
    }

    @Test
    void a_store_that_fails_denies_with_503_and_only_those_who_name_a_tenant() {
        OwnBeans.away = true;
        try {
            assertUnavailable(service.get("/marked", Tokens.of("ann", "acme")));
            assertUnavailable(service.get("/open", Tokens.of("ann", "acme")));
            assertThat(service.get("/open", Tokens.of("ann")).body()).isEqualTo("none");
        } finally {
            OwnBeans.away = false;
        }
        assertThat(service.get("/marked", Tokens.of("ann", "acme")).body()).isEqualTo("acme");
    }

    @Test
    void a_resolver_is_asked_and_only_selects_among_memberships() {
        assertThat(service.get("/open?org=acme", "").body()).isEqualTo("none");
        assertUnavailable(service.get("/open?org=acme", Tokens.of("ann"))); // the membership was asked
        assertThat(service.get("/open?org=acme", Tokens.of("ann", "acme")).body())
                .isEqualTo("acme");
    }

    private static void assertUnavailable(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("LEX_ERR_TENANT_017").doesNotContain("secret");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }

    @Configuration
    static class OwnBeans {

        static volatile boolean away;

        @Bean
        TenantStore store() {
            var store = new InMemoryTenantStore();
            for (var name : List.of("acme", "globex")) {
                store.save(
                        Tenant.active(TenantId.of(name), Slug.of(name), name, Instant.EPOCH),
                        TenantStore.NEW,
                        List.of());
            }
            return new SometimesAway(store);
        }

        @Bean
        TenantMembership membership() {
            return (principal, tenant) -> {
                throw new IllegalStateException("secret");
            };
        }

        @Bean
        TenantResolver resolver() {
            return new OrgResolver();
        }
    }

    private static final class OrgResolver implements TenantResolver {

        @Override
        public String name() {
            return "org";
        }

        @Override
        public int priority() {
            return 25;
        }

        @Override
        public Resolution resolve(TenantResolutionContext context) {
            return context.queryParam("org").map(Resolution::resolved).orElseGet(Resolution::absent);
        }
    }

    /** A store whose database does not always answer. */
    private record SometimesAway(TenantStore store) implements TenantStore {

        @Override
        public Optional<Tenant> findById(TenantId id) {
            return there().findById(id);
        }

        @Override
        public Optional<Tenant> findByName(String name) {
            return there().findByName(name);
        }

        @Override
        public TenantPage page(TenantQuery query) {
            return there().page(query);
        }

        @Override
        public Tenant save(Tenant tenant, long expectedVersion, List<TenantEvent> events) {
            return there().save(tenant, expectedVersion, events);
        }

        private TenantStore there() {
            if (OwnBeans.away) {
                throw TenantUnavailableException.of("The store of tenants", new SQLException("secret"));
            }
            return store;
        }
    }
}
