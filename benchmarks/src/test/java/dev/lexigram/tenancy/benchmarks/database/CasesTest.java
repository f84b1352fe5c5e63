package dev.lexigram.tenancy.benchmarks.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.context.TenantContext;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each case does the same through every contender, by an index, and the guarded rows are guarded. */
class CasesTest {

    private static Server server;

    private final Random random = new Random(1);

    @BeforeAll
    static void start() throws Exception {
        server = Server.start();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(Case.class)
    void every_contender_finds_its_rows(Case measured) throws Exception {
        try (var field = Field.open(measured, server.port())) {
            for (var entrant : field.entrants()) {
                for (var call = 0; call < 10; call++) {
                    entrant.perform(Rows.anyPlace(random));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Case.class)
    void no_bound_contender_finds_the_rows_of_another_tenant(Case measured) {
        for (var contender : Contender.all()) {
            if (!Contender.isFloor(contender.name())) {
                try (var entrant = Entrant.open(contender, measured, server.port())) {
                    var own = Rows.anyPlace(random);
                    var foreign = new Rows.Place(
                            own.tenant(), own.first() + Rows.PER_TENANT * (own.first() > 50_000 ? -1 : 1));

                    assertThatThrownBy(() -> entrant.perform(foreign)).isInstanceOf(IllegalStateException.class);
                }
            }
        }
    }

    @Test
    void every_query_by_hand_and_under_a_policy_uses_an_index() throws Exception {
        for (var contender : Contender.all()) {
            try (var access = contender.open(server.port())) {
                var place = Rows.anyPlace(random);
                var tenant = place.tenant();
                var filter = access.byHand() ? "tenant_id = '" + tenant.id() + "' and " : "";
                for (var rows : new String[] {"id = 1", "id between 1 and 20"}) {
                    var plan = TenantContext.<String, Exception>callAs(
                            tenant, () -> plan(access, ".item where " + filter + rows));

                    assertThat(plan).contains("Index").contains("tenant_id = ").doesNotContain("Seq Scan");
                }
            }
        }
    }

    private static String plan(Access access, String query) throws Exception {
        var plan = new StringBuilder();
        try (var connection = access.dataSource().getConnection();
                var statement = connection.createStatement();
                var result = statement.executeQuery("explain select * from " + access.schema() + query)) {
            while (result.next()) {
                plan.append(result.getString(1)).append('\n');
            }
        }
        return plan.toString();
    }
}
