package dev.lexigram.tenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.lifecycle.CreateTenantCommand;
import dev.lexigram.tenancy.lifecycle.TenantProvider;
import dev.lexigram.tenancy.postgres.stores.SqlTenantMembership;
import dev.lexigram.tenancy.spring.app.NotesApplication;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.testkit.PostgresServer;
import dev.lexigram.tenancy.testkit.TestDatabase;
import dev.lexigram.tenancy.testkit.WithTenant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.jdbc.Sql;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.transaction.annotation.Transactional;

/** A whole application, asked without a server: whose a request is, if the test has a tenant and the request may have one. */
@AutoConfigureMockMvc
@SpringBootTest(classes = NotesApplication.class)
@ExtendWith(OutputCaptureExtension.class)
class MockMvcTest {

    private static final TestDatabase DATABASE = PostgresServer.shared().createDatabase();

    @Autowired
    private MockMvc mvc;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        for (var property :
                Service.on(DATABASE, "spring.flyway.enabled=false", "tenancy.resolution.resolvers=jwt_claim")) {
            var name = property.substring(0, property.indexOf('='));
            properties.add(name, () -> property.substring(name.length() + 1));
        }
    }

    @BeforeAll
    static void createTable() {
        Notes.createTable(DATABASE);
    }

    @BeforeAll
    static void createTenants(@Autowired TenantProvider tenants, @Autowired SqlTenantMembership members) {
        for (var name : List.of("acme", "globex")) {
            tenants.createTenant(new CreateTenantCommand(name, name).withId(TenantId.of(name)));
        }
        members.grant("ann", TenantId.of("acme"));
    }

    @Test
    @WithTenant("globex")
    void a_request_that_names_none_belongs_to_the_tenant_of_the_test(CapturedOutput output) throws Exception {
        mvc.perform(get("/marked"))
                .andExpect(status().isOk())
                .andExpect(content().string("globex"));
        mvc.perform(get("/public")).andExpect(content().string("none"));

        assertThat(output).doesNotContain("left a TenantScope open");
    }

    @Test
    @WithTenant("globex")
    void a_request_that_names_one_belongs_to_that_one_and_the_test_keeps_its_own() throws Exception {
        mvc.perform(as("ann", "acme", get("/marked"))).andExpect(content().string("acme"));

        assertThat(TenantContext.require().id().value()).isEqualTo("globex");
    }

    @Test
    @WithTenant("globex")
    void a_request_that_is_refused_does_not_fall_back_to_the_tenant_of_the_test() throws Exception {
        mvc.perform(as("ann", "nobody", get("/marked"))).andExpect(status().isForbidden());
    }

    @Test
    void without_a_tenant_of_the_test_nothing_is_different() throws Exception {
        mvc.perform(get("/marked")).andExpect(status().isForbidden());
        mvc.perform(as("ann", "acme", get("/marked"))).andExpect(content().string("acme"));
    }

    @Test
    @Transactional
    @Sql(statements = "insert into note (body) values ('by a script')")
    @WithTenant("acme")
    void the_transaction_of_the_test_its_scripts_and_its_requests_see_the_same() throws Exception {
        mvc.perform(post("/notes").content("by a request")).andExpect(status().isOk());

        mvc.perform(get("/notes")).andExpect(content().string("[\"by a script\",\"by a request\"]"));
    }

    @Test
    @Transactional
    @WithTenant("acme")
    void what_a_transaction_of_the_test_wrote_is_gone_and_another_tenant_never_gets_at_it() throws Exception {
        mvc.perform(get("/notes")).andExpect(content().string("[]"));
        mvc.perform(as("ann", "globex", get("/notes"))).andExpect(status().isForbidden());
    }

    private static MockHttpServletRequestBuilder as(String user, String tenant, MockHttpServletRequestBuilder request) {
        return request.header("Authorization", "Bearer " + Tokens.of(user, tenant));
    }
}
