package dev.lexigram.tenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.TenancyConfig;
import dev.lexigram.tenancy.resolution.TenantPrincipal;
import dev.lexigram.tenancy.resolution.VerifiedClaims;
import dev.lexigram.tenancy.spring.app.NotesApplication;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A session's cookie and a token in one request. */
@TenancyTest
class TwoIdentitiesTest {

    private static Service service;

    @BeforeAll
    static void start(TestDatabase database) {
        Notes.createTable(database);
        service = Service.start(
                new Class<?>[] {NotesApplication.class, Logins.class, Principals.class}, Service.on(database));
        Notes.createTenants(service);
        service.post("/notes", Tokens.of("ann", "acme"), "of acme");
        service.post("/notes", Tokens.of("bob", "globex"), "of globex");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void RS_22_a_session_of_one_tenant_and_a_token_of_another_are_refused_on_every_route() {
        var session = session("/login", Tokens.of("ann", "acme"));

        for (var route : new String[] {"/notes", "/open", "/public"}) {
            var answer = service.get(route, Tokens.of("bob", "globex"), "Cookie", session);
            assertThat(answer.statusCode()).as(route).isEqualTo(403);
            assertThat(answer.body()).contains("LEX_ERR_TENANT_012").doesNotContain("of acme", "of globex");
        }
        assertThat(service.get("/notes", Tokens.of("bob", "globex"), "Cookie", session, "Test-Naive", "yes")
                        .body())
                .isEqualTo("[\"of globex\"]"); // what Spring Security alone makes of it
    }

    @Test
    void RS_22_a_session_of_one_tenant_and_a_claim_that_is_no_tenant_are_refused() {
        var session = session("/login", Tokens.of("ann", "acme"));
        var odd = Tokens.signed(Tokens.claims("ann").claim("tenant_id", true).build());

        assertThat(service.get("/open", odd, "Cookie", session).statusCode()).isEqualTo(403);
    }

    @Test
    void a_session_and_a_token_of_one_tenant_go_together() {
        var session = session("/login", Tokens.of("ann", "acme"));

        assertThat(service.get("/notes", "", "Cookie", session).body()).isEqualTo("[\"of acme\"]");
        assertThat(service.get("/notes", Tokens.of("ann", "acme"), "Cookie", session)
                        .body())
                .isEqualTo("[\"of acme\"]");
    }

    @Test
    void a_session_that_names_no_tenant_leaves_the_token_alone() {
        var session = session("/login-by-name", Tokens.of("ann"));

        assertThat(service.get("/notes", Tokens.of("bob", "globex"), "Cookie", session)
                        .body())
                .isEqualTo("[\"of globex\"]");
    }

    @Test
    void a_token_that_names_no_tenant_takes_none_from_the_session() {
        var session = session("/login", Tokens.of("ann", "acme"));

        assertThat(service.get("/open", Tokens.of("bob"), "Cookie", session).body())
                .isEqualTo("none");
        assertThat(service.get("/open", Tokens.of("bob"), "Cookie", session, "X-Tenant-ID", "acme")
                        .body())
                .isEqualTo("none"); // bob is no member, and it is he who asks
    }

    private static String session(String login, String token) {
        var cookie =
                service.get(login, token).headers().firstValue("Set-Cookie").orElseThrow();
        return cookie.substring(0, cookie.indexOf(';'));
    }

    /** Puts into a session who has asked. */
    @RestController
    static class Logins {

        @GetMapping("/login")
        void login(HttpServletRequest request) {
            request.getSession()
                    .setAttribute(
                            HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY,
                            SecurityContextHolder.getContext());
        }

        @GetMapping("/login-by-name")
        void loginByName(HttpServletRequest request) {
            var caller = UsernamePasswordAuthenticationToken.authenticated("ann", "", AuthorityUtils.NO_AUTHORITIES);
            request.getSession()
                    .setAttribute(
                            HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY,
                            new SecurityContextImpl(caller));
        }
    }

    /** The library's own source, and next to it the one that asks Spring Security and nobody else. */
    @Configuration
    static class Principals {

        @Bean
        TenantPrincipalSource principals(TenancyConfig config) {
            var library = new SecurityPrincipalSource(config.resolution());
            return new TenantPrincipalSource() {

                @Override
                public Optional<TenantPrincipal> principal(HttpServletRequest request) {
                    return request.getHeader("Test-Naive") == null ? library.principal(request) : naive();
                }

                @Override
                public boolean verifiesClaims() {
                    return true;
                }
            };
        }

        private static Optional<TenantPrincipal> naive() {
            var token =
                    (Jwt) SecurityContextHolder.getContext().getAuthentication().getPrincipal();
            return Optional.of(TenantPrincipal.of(token.getSubject(), VerifiedClaims.of(token.getClaims())));
        }
    }
}
