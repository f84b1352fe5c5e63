package dev.lexigram.tenancy.example;

import static com.jayway.jsonpath.JsonPath.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.Tenancy;
import dev.lexigram.tenancy.acceptance.Api;
import dev.lexigram.tenancy.acceptance.Tokens;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The store of tenants is away while the service's own database answers. */
@InvoicingTest
class StoreDownTest {

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private TestDatabase database;

    @Test
    void the_store_of_tenants_being_down_is_a_503_and_never_a_pass(@LocalServerPort int port) {
        var alice = Api.on(port).as(Tokens.of("alice", "acme"));
        assertThat(alice.get("/customers").statusCode()).isEqualTo(200);

        cutOffTheControlPlane();
        try {
            tenancy.validator().invalidateAll();
            var answer = alice.get("/customers");

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
            assertThat((String) read(answer.body(), "$.code")).isEqualTo("LEX_ERR_TENANT_017");
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        } finally {
            database.execute(
                    Role.SUPERUSER, "grant connect on database " + database.name() + " to public, tenancy_control");
        }
        assertThat(alice.get("/customers").statusCode()).isEqualTo(200);
    }

    private void cutOffTheControlPlane() {
        database.execute(Role.SUPERUSER, """
                grant connect on database %1$s to tenancy_app;
                revoke connect on database %1$s from public, tenancy_control;
                select pg_terminate_backend(pid) from pg_stat_activity
                where usename = 'tenancy_control' and datname = '%1$s'""".formatted(database.name()));
    }
}
