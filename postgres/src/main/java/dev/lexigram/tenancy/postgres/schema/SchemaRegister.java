package dev.lexigram.tenancy.postgres.schema;

import static dev.lexigram.tenancy.postgres.schema.Statements.all;
import static dev.lexigram.tenancy.postgres.schema.Statements.run;

import dev.lexigram.tenancy.postgres.policy.Quoted;
import dev.lexigram.tenancy.postgres.policy.SchemaName;
import dev.lexigram.tenancy.postgres.schema.SchemaEntry.State;
import dev.lexigram.tenancy.tenant.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Which schemas were made here, for whom, and how far they have come: the table {@code tenancy.tenant_schemas}, which only
 * the owner can reach. A schema that is not in it is somebody else's. Used within a transaction.
 */
final class SchemaRegister {

    private static final String EXISTS = "select from pg_catalog.pg_class where oid"
            + " operator(pg_catalog.=) pg_catalog.to_regclass('tenancy.tenant_schemas')";

    private static final String CREATE = """
            create table tenancy.tenant_schemas (
                tenant_id text collate "C" not null constraint tenant_schemas_pkey primary key,
                token uuid not null,
                state text not null constraint tenant_schemas_state
                    check (state in ('made', 'open', 'closed', 'archived', 'dropped')),
                archived_name text collate "C" constraint tenant_schemas_archived unique,
                updated_at timestamptz not null default pg_catalog.now()
            )
            """;

    private static final String FIND =
            "select token, state, archived_name from tenancy.tenant_schemas where tenant_id = ?";

    private static final String INSERT =
            "insert into tenancy.tenant_schemas (tenant_id, token, state) values (?, ?, 'made')";

    private static final String MOVE = """
            update tenancy.tenant_schemas set state = ?, archived_name = ?, updated_at = pg_catalog.now()
            where tenant_id = ?
            """;

    private static final String FORGET = "delete from tenancy.tenant_schemas where tenant_id = ?";

    private final Connection connection;

    private SchemaRegister(Connection connection) {
        this.connection = connection;
    }

    /** Waits until nobody else works on the schema of this tenant. */
    static SchemaRegister lock(Connection connection, TenantId id, String owner) throws SQLException {
        prepare(connection, owner);
        lock(connection, "tenancy.schema " + id.value());
        return new SchemaRegister(connection);
    }

    /** Makes the table, unless it is there. */
    static void prepare(Connection connection, String owner) throws SQLException {
        if (!exists(connection)) {
            lock(connection, "tenancy.schemas");
            create(connection, owner);
        }
    }

    Optional<SchemaEntry> find(TenantId id) throws SQLException {
        return all(
                        connection,
                        FIND,
                        row -> new SchemaEntry(
                                id,
                                row.getObject("token", UUID.class),
                                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                                Optional.ofNullable(row.getString("archived_name"))
                                        .map(SchemaName::new)),
                        id.value())
                .stream()
                .findFirst();
    }

    SchemaEntry add(TenantId id) throws SQLException {
        var token = UUID.randomUUID();
        run(connection, INSERT, id.value(), token);
        return new SchemaEntry(id, token, State.MADE, Optional.empty());
    }

    void move(TenantId id, State state, Optional<SchemaName> archived) throws SQLException {
        run(
                connection,
                MOVE,
                state.name().toLowerCase(Locale.ROOT),
                archived.map(SchemaName::value).orElse(null),
                id.value());
    }

    void forget(TenantId id) throws SQLException {
        run(connection, FORGET, id.value());
    }

    private static boolean exists(Connection connection) throws SQLException {
        return !all(connection, EXISTS, row -> true).isEmpty();
    }

    private static void create(Connection connection, String owner) throws SQLException {
        if (!exists(connection)) { // nor has somebody made it meanwhile
            run(connection, CREATE);
            run(connection, handOver(owner));
        }
    }

    private static String handOver(String owner) {
        return "alter table tenancy.tenant_schemas owner to " + Quoted.identifier(owner);
    }

    /** Waits for this lock, and has it until the end of the transaction. */
    static void lock(Connection connection, String what) throws SQLException {
        run(connection, "select pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(?, 0))", what);
    }
}
