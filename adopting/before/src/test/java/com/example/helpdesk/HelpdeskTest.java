package com.example.helpdesk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.jwt;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** The help desk of one company, in which everybody sees everything. */
@SpringBootTest(properties = "spring.security.oauth2.resourceserver.jwt.jwk-set-uri=http://localhost/keys")
@AutoConfigureMockMvc
class HelpdeskTest {

    private static final EmbeddedPostgres POSTGRES = start();

    @Autowired
    private MockMvcTester mvc;

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.start();
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @DynamicPropertySource
    static void connect(DynamicPropertyRegistry properties) {
        properties.add("spring.datasource.url", () -> POSTGRES.getJdbcUrl("postgres", "postgres"));
        properties.add("spring.datasource.username", () -> "postgres");
        properties.add("TOKEN_PUBLIC_KEY", () -> "");
    }

    @AfterAll
    static void stop() throws IOException {
        POSTGRES.close();
    }

    @Test
    void somebody_writes_and_is_answered() {
        var contact = post("/contacts", """
                {"name": "Ann", "email": "ann@example.org"}""");
        assertThat(contact).hasStatus(201).bodyJson().extractingPath("$.id").isEqualTo(1);

        var ticket = post("/tickets", """
                {"contactId": 1, "subject": "Printer", "comment": "It burns.", "dueOn": "2030-01-01"}""");
        assertThat(ticket)
                .hasStatus(201)
                .bodyJson()
                .extractingPath("$.comments[0]")
                .isEqualTo("It burns.");

        assertThat(post("/tickets/1/closing", "")).hasStatusOk();
        assertThat(get("/tickets/counts"))
                .bodyJson()
                .extractingPath("$[0].total")
                .isEqualTo(1);
        assertThat(post("/tickets", """
                {"contactId": 99, "subject": "Printer", "comment": "Hm.", "dueOn": "2030-01-01"}""")).hasStatus(409);
    }

    @Test
    void a_new_category_is_in_the_list_that_was_cached() {
        assertThat(get("/categories")).bodyText().isEqualTo("[]");

        assertThat(post("/categories", """
                {"name": "Fire"}""")).hasStatus(201);

        assertThat(get("/categories")).bodyJson().extractingPath("$[0].name").isEqualTo("Fire");
    }

    @Test
    void what_is_promised_can_be_read_by_everybody_and_nothing_else() {
        assertThat(mvc.get().uri("/priorities")).hasStatusOk();
        assertThat(mvc.get().uri("/contacts")).hasStatus(401);
    }

    private MvcTestResult get(String path) {
        return mvc.get().uri(path).with(jwt()).exchange();
    }

    private MvcTestResult post(String path, String json) {
        return mvc.post()
                .uri(path)
                .with(jwt())
                .contentType(MediaType.APPLICATION_JSON)
                .content(json)
                .exchange();
    }
}
