package dev.lexigram.tenancy.howto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.acceptance.Api;
import dev.lexigram.tenancy.lifecycle.CreateTenantCommand;
import dev.lexigram.tenancy.lifecycle.TenantProvider;
import dev.lexigram.tenancy.stores.InMemoryTenantStore;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.TenantId;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

@SpringBootTest(
        classes = GuardHowtoTest.Application.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.location=optional:classpath:/none/",
            "tenancy.resolution.resolvers=header",
            "tenancy.resolution.strict_membership=false"
        })
class GuardHowtoTest {

    @LocalServerPort
    private int port;

    private Api api;

    @BeforeAll
    static void tenants(@Autowired TenantProvider tenants) {
        for (var slug : List.of("acme", "globex")) {
            tenants.createTenant(new CreateTenantCommand(slug, slug).withId(TenantId.of(slug)));
        }
        tenants.suspendTenant(TenantId.of("globex"), "unpaid");
    }

    @BeforeEach
    void connect() {
        api = Api.on(port);
    }

    @Test
    void an_active_tenant_passes_on_type_and_method() {
        var acme = api.header("X-Tenant-ID", "acme");

        assertThat(acme.get("/invoices").body()).contains("invoice of acme");
        assertThat(acme.post("/orders", "").body()).isEqualTo("ordered by acme");
    }

    @Test
    void none_and_a_suspended_one_are_answered_with_a_problem() {
        var none = api.get("/invoices");
        var suspended = api.header("X-Tenant-ID", "globex").post("/orders", "");

        assertThat(none.statusCode()).isEqualTo(403);
        assertThat(none.body()).contains("LEX_ERR_TENANT_010");
        assertThat(suspended.statusCode()).isEqualTo(403);
        assertThat(suspended.body()).contains("LEX_ERR_TENANT_008");
    }

    @Test
    void a_route_without_the_annotation_stays_open() {
        assertThat(api.get("/prices").body()).isEqualTo("free");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = {DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class})
    @Import({BillingController.class, PublicController.class})
    static class Application {

        @Bean
        TenantStore store() {
            return new InMemoryTenantStore();
        }

        @Bean
        SecurityFilterChain open(HttpSecurity http) throws Exception {
            return http.csrf(csrf -> csrf.disable())
                    .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .build();
        }
    }
}
