package dev.lexigram.tenancy.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.resolution.ResolutionConfig;
import dev.lexigram.tenancy.tenant.TenantIsolationException;
import dev.lexigram.tenancy.tenant.TenantRequiredException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What comes back up the chain, over real HTTP. */
class FailuresTest {

    private static final String UNBOUND =
            "ERROR: tenant not bound\n  Where: PL/pgSQL function tenancy.require_tenant()";

    private static TomcatServer server;

    @BeforeAll
    static void start() {
        var filter = new TenantContextFilter(
                new Tenants().admission(ResolutionConfig.DEFAULTS), ResolutionConfig.DEFAULTS.routes());
        server = new TomcatServer("")
                .filter(filter, DispatcherType.values())
                .route("/plain", (request, response) -> {
                    response.setHeader("ETag", "\"x\"");
                    response.getWriter().print("half an answer");
                    throw TenantRequiredException.of("This test");
                })
                .route("/wrapped", (request, response) -> {
                    throw new ServletException(new IllegalStateException(TenantRequiredException.of("This test")));
                })
                .route("/isolation", (request, response) -> {
                    throw TenantIsolationException.of("select secret from hidden");
                })
                .route("/unbound", (request, response) -> {
                    throw new ServletException(new SQLException(UNBOUND, "42501"));
                })
                .route("/batch", (request, response) -> {
                    var batch = new BatchUpdateException("Batch entry 0 insert .. was aborted", "42501", 0, null);
                    batch.setNextException(new SQLException("FEHLER: tenant not bound", "42501"));
                    throw new ServletException(batch);
                })
                .route("/privilege", (request, response) -> {
                    throw new ServletException(
                            new SQLException("ERROR: permission denied for table tenant not bound", "42501"));
                })
                .route("/circle", (request, response) -> {
                    var inner = new IllegalStateException("inner");
                    inner.initCause(new IllegalStateException("outer", inner));
                    throw inner;
                })
                .route("/committed", (request, response) -> {
                    response.getWriter().print("begun");
                    response.flushBuffer();
                    throw TenantRequiredException.of("This test");
                })
                .route("/io", (request, response) -> {
                    throw new IOException("away");
                })
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void a_failure_of_tenancy_replaces_what_was_written_so_far() {
        var answer = server.get("/plain");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).startsWith("{").contains("LEX_ERR_TENANT_010");
        assertThat(answer.headers().firstValue("ETag")).isEmpty();
    }

    @Test
    void a_failure_that_others_have_wrapped_gets_the_same_answer() {
        assertThat(server.get("/wrapped").statusCode()).isEqualTo(403);
        assertThat(server.get("/wrapped").body()).contains("LEX_ERR_TENANT_010");
    }

    @Test
    void the_message_of_a_failure_is_not_told() {
        var answer = server.get("/isolation");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("LEX_ERR_TENANT_015").doesNotContain("secret");
    }

    @Test
    void what_the_database_refuses_unbound_is_answered_as_tenant_required() {
        assertThat(server.get("/unbound").body()).contains("LEX_ERR_TENANT_010");
        assertThat(server.get("/batch").body()).contains("LEX_ERR_TENANT_010");
    }

    @Test
    void other_failures_go_to_the_container() {
        assertThat(server.get("/privilege").statusCode()).isEqualTo(500);
        assertThat(server.get("/privilege").body()).doesNotContain("LEX_ERR");
        assertThat(server.get("/circle").statusCode()).isEqualTo(500);
        assertThat(server.get("/io").statusCode()).isEqualTo(500);
    }

    @Test
    void an_answer_that_has_begun_is_not_continued_with_another() {
        assertThat(server.raw("GET /committed HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .contains("begun")
                .doesNotContain("LEX_ERR");
    }
}
