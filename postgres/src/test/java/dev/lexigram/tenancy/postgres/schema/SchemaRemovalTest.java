package dev.lexigram.tenancy.postgres.schema;

import static dev.lexigram.tenancy.postgres.schema.SchemaFixture.ONE_TABLE;
import static dev.lexigram.tenancy.postgres.schema.SchemaFixture.asApp;
import static dev.lexigram.tenancy.postgres.schema.SchemaFixture.present;
import static dev.lexigram.tenancy.postgres.schema.SchemaFixture.read;
import static dev.lexigram.tenancy.postgres.schema.SchemaFixture.schemas;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.isolation.ErasedResource;
import dev.lexigram.tenancy.postgres.policy.SchemaName;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantProvisioningException;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@TenancyTest
class SchemaRemovalTest {

    private static final TenantId ACME = TenantId.of("acme");
    private static final TenantId GLOBEX = TenantId.of("globex");

    private TenantSchemas schemas;

    @BeforeEach
    void makeSchemas(TestDatabase database) throws SQLException {
        schemas = schemas(database, ONE_TABLE);
        for (var id : new TenantId[] {ACME, GLOBEX}) {
            schemas.provision(id);
            asApp(database, id.value(), insert(id));
        }
    }

    @AfterEach
    void removeSchemas(TestDatabase database) throws SQLException {
        for (var schema : present(database)) {
            database.execute(Role.SUPERUSER, "drop schema \"" + schema + "\" cascade");
        }
        database.execute(Role.SUPERUSER, "drop table tenancy.tenant_schemas");
    }

    @Test
    void O_3_drop_destroys_and_tells_what_there_was(TestDatabase database) throws SQLException {
        assertThat(schemas.drop(ACME)).containsExactly(new ErasedResource("tenant_acme.note", 1, 1, 0));

        assertThat(present(database)).containsExactly("tenant_globex");
        assertThat(schemas.drop(ACME)).isEmpty();
        assertThat(schemas.place(ACME)).isEmpty();
        assertThat(asApp(database, "globex", "select body from tenant_globex.note"))
                .containsExactly("globex");
    }

    @Test
    void a_tenant_that_was_dropped_never_gets_another_schema(TestDatabase database) throws SQLException {
        schemas.drop(ACME);

        assertThatThrownBy(() -> schemas.provision(ACME))
                .isInstanceOf(TenantProvisioningException.class)
                .hasMessageContaining("dropped");
        assertThatThrownBy(() -> schemas.restore(ACME)).isInstanceOf(TenantProvisioningException.class);
        assertThat(present(database)).containsExactly("tenant_globex");
    }

    @Test
    void what_was_taken_back_before_it_was_served_can_be_made_again(TestDatabase database) throws SQLException {
        schemas.undo(ACME);
        schemas.undo(ACME);
        assertThat(present(database)).containsExactly("tenant_globex");

        schemas.provision(ACME);
        assertThat(asApp(database, "acme", "select body from tenant_acme.note")).isEmpty();
    }

    @Test
    void O_3_rename_archives_out_of_reach_and_may_be_repeated(TestDatabase database) throws SQLException {
        assertThat(schemas.archive(ACME)).containsExactly(new ErasedResource("tenant_acme.note", 1, 0, 1));
        assertThat(schemas.archive(ACME)).isEmpty();

        var archived = schemas.place(ACME).orElseThrow();
        assertThat(archived.value()).matches("archived_[0-9a-f]{32}_[0-9]{10}");
        assertThat(archived.value())
                .startsWith(SchemaName.of(ACME).archived(Instant.EPOCH).value().replace("_0", "_"));
        assertThat(present(database)).containsExactly(archived.value(), "tenant_globex");
        assertThat(read(database, Role.MIGRATOR, "select body from " + archived.sql() + ".note"))
                .containsExactly("acme");
        assertThatThrownBy(() -> asApp(database, "acme", "select body from " + archived.sql() + ".note"))
                .hasFieldOrPropertyWithValue("SQLState", "42501");
    }

    @Test
    void O_3_two_archives_of_one_second_get_two_names(TestDatabase database) throws SQLException {
        var place = SchemaName.of(ACME);
        for (var second = -1; second < 5; second++) {
            database.execute(
                    Role.SUPERUSER,
                    "create schema "
                            + place.archived(Instant.now().plusSeconds(second)).sql());
        }
        schemas.archive(ACME);

        assertThat(present(database)).hasSize(8);
    }

    @Test
    void O_3_keep_takes_access_away_and_leaves_the_rows(TestDatabase database) throws SQLException {
        assertThat(schemas.close(ACME)).containsExactly(new ErasedResource("tenant_acme.note", 1, 0, 1));
        assertThat(schemas.close(ACME)).containsExactly(new ErasedResource("tenant_acme.note", 1, 0, 1));

        assertThat(read(database, Role.MIGRATOR, "select body from tenant_acme.note"))
                .containsExactly("acme");
        assertThatThrownBy(() -> asApp(database, "acme", "select body from tenant_acme.note"))
                .hasFieldOrPropertyWithValue("SQLState", "42501");
        assertThatThrownBy(() -> schemas.provision(ACME)).isInstanceOf(TenantProvisioningException.class);
    }

    @Test
    void restore_gives_back_what_was_archived_or_closed(TestDatabase database) throws SQLException {
        schemas.archive(ACME);
        schemas.restore(ACME);
        assertThat(asApp(database, "acme", "select body from tenant_acme.note")).containsExactly("acme");
        assertThat(present(database)).containsExactly("tenant_acme", "tenant_globex");

        schemas.close(ACME);
        schemas.restore(ACME);
        schemas.restore(ACME);
        assertThat(asApp(database, "acme", "select body from tenant_acme.note")).containsExactly("acme");
    }

    @Test
    void restore_leaves_alone_what_has_the_place_meanwhile(TestDatabase database) throws SQLException {
        schemas.archive(ACME);
        database.execute(Role.SUPERUSER, "create schema tenant_acme");

        assertThatThrownBy(() -> schemas.restore(ACME)).isInstanceOf(TenantProvisioningException.class);
        assertThat(present(database)).hasSize(3);
    }

    @Test
    void what_was_archived_can_be_dropped(TestDatabase database) throws SQLException {
        schemas.archive(ACME);
        var archived = schemas.place(ACME).orElseThrow();

        assertThat(schemas.drop(ACME)).containsExactly(new ErasedResource(archived + ".note", 1, 1, 0));
        assertThat(present(database)).containsExactly("tenant_globex");
    }

    @Test
    void a_plan_that_is_kept_of_a_statement_loses_access_with_the_schema(TestDatabase database) throws SQLException {
        try (var connection = database.as(Role.APP).getConnection();
                var bind = connection.prepareStatement("select set_config('tenancy.tenant_id', 'acme', false)");
                var select = connection.prepareStatement("select body from tenant_acme.note")) {
            bind.execute();
            for (var time = 0; time < 7; time++) {
                select.executeQuery().close();
            }

            schemas.archive(ACME);

            assertThatThrownBy(select::executeQuery)
                    .satisfies(failure ->
                            assertThat(((SQLException) failure).getSQLState()).isIn("42501", "42P01", "3F000"));
        }
    }

    private static String insert(TenantId id) {
        return "insert into tenant_" + id + ".note values ('" + id + "') returning body";
    }
}
