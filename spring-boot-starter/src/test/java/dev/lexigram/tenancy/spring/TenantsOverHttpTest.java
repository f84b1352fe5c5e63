package dev.lexigram.tenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.spring.app.NotesApplication;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Real tokens, real HTTP, a real database. One worker thread serves all requests. */
@TenancyTest
class TenantsOverHttpTest {

    private static Service service;

    @BeforeAll
    static void start(TestDatabase database) {
        Notes.createTable(database);
        service = Service.start(
                NotesApplication.class,
                Service.on(database, "server.tomcat.threads.max=1", "server.tomcat.threads.min-spare=1"));
        Notes.createTenants(service);
        service.post("/notes", Tokens.of("ann", "acme"), "of acme");
        service.post("/notes", Tokens.of("bob", "globex"), "of globex");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void each_tenant_sees_its_own_rows_through_sql_that_names_no_tenant() {
        assertThat(service.get("/notes", Tokens.of("ann", "acme")).body()).isEqualTo("[\"of acme\"]");
        assertThat(service.get("/notes", Tokens.of("bob", "globex")).body()).isEqualTo("[\"of globex\"]");
        assertThat(service.get("/notes", Tokens.of("ann"), "X-Tenant-ID", "acme")
                        .body())
                .isEqualTo("[\"of acme\"]");
    }
}
