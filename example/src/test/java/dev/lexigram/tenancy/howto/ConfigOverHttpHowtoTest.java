package dev.lexigram.tenancy.howto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.acceptance.Api;
import dev.lexigram.tenancy.lifecycle.CreateTenantCommand;
import dev.lexigram.tenancy.lifecycle.TenantProvider;
import dev.lexigram.tenancy.overrides.ConfigCatalog;
import dev.lexigram.tenancy.overrides.TenantConfigService;
import dev.lexigram.tenancy.stores.InMemoryTenantStore;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.TenantId;
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
        classes = ConfigOverHttpHowtoTest.Application.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.location=optional:classpath:/none/",
            "tenancy.resolution.resolvers=header",
            "tenancy.resolution.strict_membership=false"
        })
class ConfigOverHttpHowtoTest {

    @LocalServerPort
    private int port;

    @Test
    void a_controller_reads_what_is_configured_for_the_tenant_of_the_request(
            @Autowired TenantProvider tenants, @Autowired TenantConfigService configs) {
        tenants.createTenant(new CreateTenantCommand("acme", "Acme").withId(TenantId.of("acme")));
        var acme = Api.on(port).header("X-Tenant-ID", "acme");
        assertThat(acme.get("/seats").body()).isEqualTo("10 seats, light");

        configs.setConfig("acme", "max_users", "100");
        configs.setConfig("acme", "theme", "dark");

        assertThat(acme.get("/seats").body()).isEqualTo("100 seats, dark");
        assertThat(Api.on(port).get("/seats").statusCode()).isEqualTo(403);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = {DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class})
    @Import(SeatsController.class)
    static class Application {

        @Bean
        TenantStore store() {
            return new InMemoryTenantStore();
        }

        // tag::bean[]
        @Bean
        ConfigCatalog catalog() {
            return ConfigCatalog.EMPTY.withKeys(ConfigHowtoTest.MAX_USERS);
        }
        // end::bean[]

        @Bean
        SecurityFilterChain open(HttpSecurity http) throws Exception {
            return http.csrf(csrf -> csrf.disable())
                    .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .build();
        }
    }
}
