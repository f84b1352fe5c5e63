package dev.lexigram.tenancy.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.acceptance.Api;
import dev.lexigram.tenancy.acceptance.Tokens;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.cache.CacheManager;

/** Something breaks that no code has thought of. */
@InvoicingTest
class InternalErrorTest {

    @Autowired
    private TestDatabase database;

    @Autowired
    private CacheManager caches;

    @Test
    void it_is_a_500_without_a_word_of_the_database_with_a_token_and_without(@LocalServerPort int port) {
        var nobody = Api.on(port);
        caches.getCache("plans").clear(); // another test may have read them

        database.execute(Role.SUPERUSER, "alter table plan rename to lost");
        try {
            for (var caller : new Api[] {nobody, nobody.as(Tokens.of("alice", "acme"))}) {
                var answer = caller.get("/plans");

                assertThat(answer.statusCode()).isEqualTo(500);
                assertThat(answer.body()).doesNotContain("select", "lost", "Exception");
            }
        } finally {
            database.execute(Role.SUPERUSER, "alter table lost rename to plan");
        }
        assertThat(nobody.get("/plans").statusCode()).isEqualTo(200);
    }
}
