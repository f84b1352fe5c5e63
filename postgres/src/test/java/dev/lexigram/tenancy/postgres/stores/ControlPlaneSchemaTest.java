package dev.lexigram.tenancy.postgres.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("server")
@TenancyTest
class ControlPlaneSchemaTest {

    private static final String VERSIONS =
            "select string_agg(version::text, ',' order by version) from tenancy.schema_version";
    private static final String TABLES =
            "select string_agg(tablename, ',' order by tablename) from pg_tables where schemaname = 'tenancy'";

    private TestDatabase database;

    @BeforeEach
    void start_with_an_empty_schema(TestDatabase database) {
        this.database = database;
        ControlPlane.dropAll(database);
    }

    @Test
    void S_6_the_first_start_makes_exactly_the_tables_of_this_version() {
        SqlTenantStore.of(database.as(Role.CONTROL));

        assertThat(ControlPlane.text(database, TABLES))
                .isEqualTo("audit,journal,outbox,outbox_delivery,outbox_listeners,placements,schema_version,"
                        + "secrets,tenant_configs,tenant_heads,tenant_members,tenant_names,tenants");
        assertThat(ControlPlane.text(database, VERSIONS)).isEqualTo("1");
    }

    @Test
    void S_6_of_eight_nodes_that_start_at_once_one_makes_the_tables_and_all_work() throws Exception {
        var outcomes =
                atOnce(8, () -> SqlTenantStore.of(database.as(Role.CONTROL)).findById(TenantId.of("nobody")));

        assertThat(outcomes).containsOnly("Optional.empty");
        assertThat(ControlPlane.text(database, VERSIONS)).isEqualTo("1");
    }

    @Test
    void S_6_control_without_the_lock_nodes_that_start_at_once_fail() throws Exception {
        var script = script();

        var outcomes = atOnce(8, () -> {
            database.execute(Role.CONTROL, script);
            return "made";
        });

        assertThat(outcomes).filteredOn("made"::equals).hasSize(1);
        assertThat(outcomes)
                .filteredOn(outcome -> outcome.contains("IllegalStateException"))
                .hasSize(7);
    }

    @Test
    void S_6_a_further_start_changes_nothing_and_loses_nothing() {
        var tenant = SqlTenantStore.of(database.as(Role.CONTROL))
                .save(ControlPlane.tenant("acme", "acme"), TenantStore.NEW, List.of());

        var again = SqlTenantStore.of(database.as(Role.CONTROL));

        assertThat(again.findById(tenant.id())).contains(tenant);
        assertThat(ControlPlane.text(database, VERSIONS)).isEqualTo("1");
    }

    @Test
    void S_6_an_upgrade_runs_only_the_scripts_that_are_missing() {
        var store = SqlTenantStore.of(database.as(Role.CONTROL));
        var tenant = store.save(ControlPlane.tenant("acme", "acme"), TenantStore.NEW, List.of());

        schema("control-plane-1.sql", "upgrade.sql").prepare(true);
        schema("control-plane-1.sql", "upgrade.sql").prepare(true);

        assertThat(ControlPlane.text(database, VERSIONS)).isEqualTo("1,2");
        assertThat(store.findById(tenant.id())).contains(tenant);
    }

    @Test
    void S_6_an_upgrade_that_fails_leaves_everything_as_it_was() {
        assertThatThrownBy(() ->
                        schema("control-plane-1.sql", "broken-upgrade.sql").prepare(true))
                .isInstanceOf(TenancyConfigurationException.class);

        assertThat(ControlPlane.text(database, TABLES)).isNull();
    }

    @Test
    void S_6_without_initialize_missing_tables_are_not_made_and_the_message_says_what_to_run() {
        assertThatThrownBy(() -> SqlTenantStore.of(database.as(Role.CONTROL), false))
                .isInstanceOf(TenancyConfigurationException.class)
                .hasMessageContaining("version 0")
                .hasMessageContaining("control_plane.initialize: true")
                .hasMessageContaining("control-plane-1.sql");
        assertThat(ControlPlane.text(database, TABLES)).isNull();
    }

    @Test
    void S_6_without_initialize_tables_that_were_made_by_hand_are_used() throws IOException {
        database.execute(Role.CONTROL, script());

        assertThatCode(() -> SqlTenantStore.of(database.as(Role.CONTROL), false))
                .doesNotThrowAnyException();
    }

    @Test
    void S_6_tables_of_a_newer_library_are_refused() {
        SqlTenantStore.of(database.as(Role.CONTROL));
        database.execute(Role.CONTROL, "insert into tenancy.schema_version (version) values (2)");

        for (var initialize : new boolean[] {true, false}) {
            assertThatThrownBy(() -> SqlTenantStore.of(database.as(Role.CONTROL), initialize))
                    .isInstanceOf(TenancyConfigurationException.class)
                    .hasMessageContaining("upgrade the library");
        }
    }

    @Test
    void a_login_that_may_not_make_tables_is_told_what_to_grant_in_our_words() {
        assertThatThrownBy(() -> SqlTenantStore.of(database.as(Role.APP)))
                .isInstanceOf(TenancyConfigurationException.class)
                .hasMessageContaining("SQLSTATE 42501")
                .hasMessageContaining("grant usage, create on schema tenancy")
                .satisfies(failure -> assertThat(ControlPlane.everythingSaid(failure))
                        .doesNotContain("permission denied", "PSQLException"));
    }

    @Test
    void a_foreign_table_in_the_way_is_neither_used_nor_changed() {
        database.execute(Role.CONTROL, "create table tenancy.tenants (mine int)");

        assertThatThrownBy(() -> SqlTenantStore.of(database.as(Role.CONTROL)))
                .isInstanceOf(TenancyConfigurationException.class)
                .hasMessageContaining("is there already");
        assertThat(ControlPlane.text(database, TABLES)).isEqualTo("tenants");
    }

    @Test
    void the_first_day_login_makes_the_schema_too() {
        database.execute(Role.SUPERUSER, "alter schema tenancy rename to tenancy_aside");
        try {
            SqlTenantStore.of(database.as(Role.SUPERUSER));

            assertThat(ControlPlane.text(database, VERSIONS)).isEqualTo("1");
        } finally {
            database.execute(
                    Role.SUPERUSER, "drop schema tenancy cascade; alter schema tenancy_aside rename to tenancy");
        }
    }

    private ControlPlaneSchema schema(String... scripts) {
        return new ControlPlaneSchema(new ControlPlaneDatabase(database.as(Role.CONTROL)), List.of(scripts));
    }

    private static String script() throws IOException {
        try (var script = SqlTenantStore.class.getResourceAsStream("control-plane-1.sql")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<String> atOnce(int threads, Callable<Object> work) throws Exception {
        var together = new CyclicBarrier(threads);
        var pool = Executors.newFixedThreadPool(threads);
        try {
            var running = IntStream.range(0, threads)
                    .mapToObj(index -> pool.submit(() -> {
                        together.await();
                        return work.call();
                    }))
                    .toList();
            return running.stream().map(ControlPlaneSchemaTest::outcome).toList();
        } finally {
            pool.shutdownNow();
        }
    }

    private static String outcome(Future<Object> running) {
        try {
            return String.valueOf(running.get());
        } catch (Exception failure) {
            return failure.toString();
        }
    }
}
