package dev.lexigram.tenancy.postgres.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.resolution.TenantPrincipal;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.InvalidTenantException;
import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantStatus;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@TenancyTest
class ControlPlaneInjectionTest {

    private static final List<String> FRAGMENTS = List.of(
            "'",
            "\"",
            ";",
            "--",
            "/*",
            "*/",
            "\\",
            "$$",
            "$1",
            "?",
            "{",
            "}",
            ":",
            "\u0000",
            "\n",
            "\uD800",
            "\u212A",
            "x",
            "acme",
            "drop table tenancy.tenants cascade",
            "select pg_sleep(9)",
            " or 1=1",
            "::jsonb",
            "%",
            "(",
            ")");

    private TestDatabase database;
    private SqlTenantStore store;
    private Tenant acme;

    @BeforeEach
    void create_a_tenant(TestDatabase database) {
        this.database = database;
        ControlPlane.emptyStore(database);
        store = SqlTenantStore.of(database.jdbcUrl(), Role.CONTROL.login(), "");
        acme = store.save(ControlPlane.tenant("acme", "acme"), TenantStore.NEW, List.of());
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void ID_01_hostile_references_find_nothing_and_the_tables_stand() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        for (var round = 0; round < 10_000; round++) {
            var hostile = hostile(random);
            assertThat(store.findByName(hostile))
                    .as("seed %d, round %d", seed, round)
                    .isEmpty();
        }

        assertThat(store.findByName("acme")).contains(acme);
    }

    @Test
    void ID_01_hostile_principals_reach_sql_only_as_values() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var membership = store.membership();
        membership.grant("ada", acme.id());
        for (var round = 0; round < 2_000; round++) {
            var hostile = hostile(random);
            assertThat(membership.isMember(TenantPrincipal.of(hostile), acme.id()))
                    .as("seed %d, round %d", seed, round)
                    .isFalse();
        }

        assertThat(membership.isMember(TenantPrincipal.of("ada"), acme.id())).isTrue();
        assertThat(store.findByName("acme")).contains(acme);
    }

    @Test
    void ID_01_hostile_text_in_every_free_field_is_stored_as_it_is() {
        var text = "x'); drop table tenancy.tenants cascade; -- \" \\ $$ ? {ts} :a \u212A";
        Map<String, Object> map = Map.of(text, text, "list", List.of(text));
        var now = acme.createdAt();
        var hostile = new Tenant(
                TenantId.of("t2"),
                Slug.of("t2"),
                text,
                TenantStatus.SUSPENDED,
                text,
                null,
                map,
                map,
                text,
                now,
                now,
                1);

        store.save(hostile, TenantStore.NEW, List.of());

        assertThat(store.findById(hostile.id())).contains(hostile);
        assertThat(store.findById(acme.id())).contains(acme);
    }

    @Test
    void ID_01_control_the_same_text_pasted_into_sql_drops_the_table() throws SQLException {
        database.execute(Role.CONTROL, "create table tenancy.canary (name text)");
        var hostile = "x'; drop table tenancy.canary; --";

        try (var connection = database.as(Role.CONTROL).getConnection();
                var statement = connection.createStatement()) {
            statement.execute("select * from tenancy.canary where name = '" + hostile + "'");
        }

        assertThat(ControlPlane.text(database, "select to_regclass('tenancy.canary')"))
                .isNull();
        assertThat(store.findByName(hostile)).isEmpty();
    }

    @Test
    void ID_11_a_nul_is_refused_by_every_grammar_and_the_store_stays_usable() {
        var nul = "a\u0000b";

        assertThatThrownBy(() -> Slug.of(nul)).isInstanceOf(InvalidTenantException.class);
        assertThatThrownBy(() -> TenantId.of(nul)).isInstanceOf(InvalidTenantException.class);
        assertThatThrownBy(() -> Tenant.active(acme.id(), acme.slug(), nul, Instant.EPOCH))
                .isInstanceOf(InvalidTenantException.class);
        assertThatThrownBy(() -> acme.withStatus(TenantStatus.SUSPENDED, nul, Instant.EPOCH))
                .isInstanceOf(InvalidTenantException.class);
        assertThatThrownBy(() -> store.membership().grant(nul, acme.id())).isInstanceOf(InvalidTenantException.class);
        assertThat(store.findByName(nul)).isEmpty();
        assertThat(store.membership().isMember(TenantPrincipal.of(nul), acme.id()))
                .isFalse();

        assertThat(store.findByName("acme")).contains(acme);
    }

    @Test
    void ID_11_control_a_nul_that_is_bound_is_an_error_of_the_database() throws SQLException {
        try (var connection = database.as(Role.CONTROL).getConnection();
                var statement = connection.prepareStatement(SqlTenantStore.BY_ID)) {
            statement.setString(1, "a\u0000b");
            assertThatThrownBy(statement::executeQuery).isInstanceOf(SQLException.class);

            statement.setString(1, "acme");
            try (var rows = statement.executeQuery()) {
                assertThat(rows.next()).as("the connection stays usable").isTrue();
            }
        }
    }

    private static String hostile(Random random) {
        var text = new StringBuilder("'");
        for (var count = random.nextInt(8); count > 0; count--) {
            text.append(FRAGMENTS.get(random.nextInt(FRAGMENTS.size())));
        }
        return text.toString();
    }
}
