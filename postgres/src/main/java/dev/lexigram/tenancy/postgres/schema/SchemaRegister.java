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
 * Which schemas, or databases, were made here, for whom, and how far they have come: a table in schema {@code tenancy} that
 * only the owner can reach. What is not in it is somebody else's. Used within a transaction.
 */
public final class SchemaRegister {

    /** The table of schemas. */
    public static final String SCHEMAS = "tenant_schemas";

    /** The table of databases. */
    public static final String DATABASES = "tenant_databases";

    private static final String EXISTS = "select from pg_catalog.pg_class where oid"
            + " operator(pg_catalog.=) pg_catalog.to_regclass('tenancy.%1$s')";

    private static final String CREATE = """
            create table tenancy.%1$s (
                tenant_id text collate "C" not null constraint %1$s_pkey primary key,
                token uuid not null,
                state text not null constraint %1$s_state
                    check (state in ('made', 'open', 'closed', 'archived', 'dropped')),
                archived_name text collate "C" constraint %1$s_archived unique,
                updated_at timestamptz not null default pg_catalog.now()
            )
            """;

    private static final String FIND = "select token, state, archived_name from tenancy.%1$s where tenant_id = ?";

    private static final String INSERT = "insert into tenancy.%1$s (tenant_id, token, state) values (?, ?, 'made')";

    private static final String MOVE = """
            update tenancy.%1$s set state = ?, archived_name = ?, updated_at = pg_catalog.now()
            where tenant_id = ?
            """;

    private static final String FORGET = "delete from tenancy.%1$s where tenant_id = ?";

    private final Connection connection;
    private final String table;

    private SchemaRegister(Connection connection, String table) {
        this.connection = connection;
        this.table = table;
    }

    /** Waits until nobody else works on the schema, or the database, of this tenant. */
    public static SchemaRegister lock(Connection connection, String table, TenantId id, String owner)
            throws SQLException {
        prepare(connection, table, owner);
        lock(connection, "tenancy." + table + " " + id.value());
        return new SchemaRegister(connection, table);
    }

    /** Makes the table, unless it is there. */
    public static void prepare(Connection connection, String table, String owner) throws SQLException {
        if (!exists(connection, table)) {
            lock(connection, "tenancy.schemas");
            create(connection, table, owner);
        }
    }

    public Optional<SchemaEntry> find(TenantId id) throws SQLException {
        return all(
                        connection,
                        FIND.formatted(table),
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

    public SchemaEntry add(TenantId id) throws SQLException {
        var token = UUID.randomUUID();
        run(connection, INSERT.formatted(table), id.value(), token);
        return new SchemaEntry(id, token, State.MADE, Optional.empty());
    }

    public void move(TenantId id, State state, Optional<SchemaName> archived) throws SQLException {
        run(
                connection,
                MOVE.formatted(table),
                state.name().toLowerCase(Locale.ROOT),
                archived.map(SchemaName::value).orElse(null),
                id.value());
    }

    public void forget(TenantId id) throws SQLException {
        run(connection, FORGET.formatted(table), id.value());
    }

    private static boolean exists(Connection connection, String table) throws SQLException {
        return !all(connection, EXISTS.formatted(table), row -> true).isEmpty();
    }

    private static void create(Connection connection, String table, String owner) throws SQLException {
        if (!exists(connection, table)) { // nor has somebody made it meanwhile
            run(connection, CREATE.formatted(table));
            run(connection, "alter table tenancy." + table + " owner to " + Quoted.identifier(owner));
        }
    }

    /** Waits for this lock, and has it until the end of the transaction. */
    public static void lock(Connection connection, String what) throws SQLException {
        run(connection, "select pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(?, 0))", what);
    }
}
