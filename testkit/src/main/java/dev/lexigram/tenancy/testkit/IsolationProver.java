package dev.lexigram.tenancy.testkit;

import dev.lexigram.tenancy.context.TenantCallable;
import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantException;
import dev.lexigram.tenancy.testkit.IsolationMatrix.Cell;
import dev.lexigram.tenancy.testkit.IsolationMatrix.Operation;
import dev.lexigram.tenancy.testkit.IsolationMatrix.Outcome;
import dev.lexigram.tenancy.testkit.IsolationMatrix.Whose;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Tries on your own schema, with your own rows, what must not work: each operation on each table that has a column
 * {@code tenant_id}, for a tenant on its own row and on another's, with no tenant, for a suspended one, and as other roles.
 * The tables come from the catalogue, so that none is forgotten, and what is expected comes from the rules. Every attempt is
 * rolled back; each table needs a row of both tenants. Immutable.
 */
public final class IsolationProver {

    private final DataSource application;
    private final DataSource reader;
    private final Tenant own;
    private final Tenant other;
    private final @Nullable Tenant suspended;
    private final List<Role> roles;

    private record Role(String name, DataSource source, boolean reads) {}

    private IsolationProver(
            DataSource application,
            DataSource reader,
            Tenant own,
            Tenant other,
            @Nullable Tenant suspended,
            List<Role> roles) {
        this.application = application;
        this.reader = reader;
        this.own = own;
        this.other = other;
        this.suspended = suspended;
        this.roles = List.copyOf(roles);
    }

    /**
     * Two tenants that are served.
     *
     * @param application the DataSource that the application uses, which confines each connection to the current tenant
     * @param reader a login that sees all rows, such as the migrator's, to look for rows to attack
     */
    public static IsolationProver of(DataSource application, DataSource reader, Tenant own, Tenant other) {
        return new IsolationProver(application, reader, own, other, null, List.of());
    }

    /** A tenant that is not served any more, for which work goes on that began while it was. */
    public IsolationProver withSuspended(Tenant suspended) {
        var before = Tenant.active(suspended.id(), suspended.slug(), suspended.name(), Instant.EPOCH);
        return new IsolationProver(application, reader, own, other, before, roles);
    }

    /** A login that must reach no table of tenants; that it cannot log in is right, too. */
    public IsolationProver withRole(String name, DataSource source) {
        return with(new Role(name, source, false));
    }

    /** A login that may read and must not write. */
    public IsolationProver withReader(String name, DataSource source) {
        return with(new Role(name, source, true));
    }

    /**
     * Tries everything.
     *
     * @throws IllegalStateException if a table has no row of one of the tenants
     * @throws SQLException if an attempt ended in an error that is no refusal
     */
    public IsolationMatrix run() throws SQLException {
        var cells = new ArrayList<Cell>();
        for (var table : ProvedTable.read(reader, login())) {
            var ownRow = table.rowOf(reader, own.id());
            var otherRow = table.rowOf(reader, other.id());
            for (var operation : Operation.values()) {
                application(table, operation, ownRow, otherRow, cells);
                for (var role : roles) {
                    role(role, table, operation, ownRow, cells);
                }
            }
        }
        return new IsolationMatrix(cells);
    }

    private void application(ProvedTable table, Operation operation, String ownRow, String otherRow, List<Cell> cells)
            throws SQLException {
        var name = "application";
        var reached = table.granted().contains(operation) ? Outcome.REACHED : Outcome.REFUSED;
        cells.add(new Cell(
                table.sql(),
                operation,
                Whose.OWN,
                name,
                reached,
                as(Optional.of(own), connection -> table.attempt(connection, operation, own.id(), ownRow))));
        var hidden = operation == Operation.INSERT || reached == Outcome.REFUSED ? Outcome.REFUSED : Outcome.NOTHING;
        cells.add(new Cell(
                table.sql(),
                operation,
                Whose.OTHER,
                name,
                hidden,
                as(Optional.of(own), connection -> table.attempt(connection, operation, other.id(), otherRow))));
        cells.add(new Cell(
                table.sql(),
                operation,
                Whose.UNBOUND,
                name,
                Outcome.REFUSED,
                as(Optional.empty(), connection -> table.attempt(connection, operation, own.id(), ownRow))));
        if (suspended != null) {
            cells.add(new Cell(
                    table.sql(),
                    operation,
                    Whose.SUSPENDED,
                    name,
                    Outcome.REFUSED,
                    as(Optional.of(suspended), connection -> table.attempt(connection, operation, own.id(), ownRow))));
        }
    }

    private void role(Role role, ProvedTable table, Operation operation, String row, List<Cell> cells)
            throws SQLException {
        if (role.reads() && (operation == Operation.SELECT || operation == Operation.COPY)) {
            return;
        }
        cells.add(new Cell(
                table.sql(),
                operation,
                Whose.UNBOUND,
                role.name(),
                Outcome.REFUSED,
                attempt(role.source(), connection -> table.attempt(connection, operation, own.id(), row))));
    }

    private String login() throws SQLException {
        return TenantContext.callAs(own, () -> {
            try (var connection = application.getConnection();
                    var statement = connection.createStatement();
                    var row = statement.executeQuery("select current_user")) {
                row.next();
                return row.getString(1);
            }
        });
    }

    private Outcome as(Optional<Tenant> tenant, Attempt attempt) throws SQLException {
        TenantCallable<Outcome, SQLException> work = () -> attempt(application, attempt);
        return tenant.isPresent() ? TenantContext.callAs(tenant.get(), work) : TenantContext.callWithout(work);
    }

    private static Outcome attempt(DataSource source, Attempt attempt) throws SQLException {
        try (var connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try {
                return attempt.rows(connection) > 0 ? Outcome.REACHED : Outcome.NOTHING;
            } finally {
                undo(connection);
            }
        } catch (TenantException refused) {
            return Outcome.REFUSED;
        } catch (SQLException failure) {
            return outcome(failure);
        }
    }

    private static void undo(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException | TenantException ended) {
            // A refusal may have ended the connection, and its transaction with it.
        }
    }

    private static Outcome outcome(SQLException failure) throws SQLException {
        var state = String.valueOf(failure.getSQLState());
        if (state.startsWith("23") || state.equals("0A000")) {
            return Outcome
                    .REACHED; // a constraint, or for TRUNCATE what refers to the table: rights and policies let it pass
        }
        if (state.equals("42501")
                || state.startsWith("28")
                || TenantException.causeOf(failure).isPresent()) {
            return Outcome.REFUSED;
        }
        throw failure;
    }

    private IsolationProver with(Role role) {
        var all = new ArrayList<>(roles);
        all.add(role);
        return new IsolationProver(application, reader, own, other, suspended, all);
    }

    private interface Attempt {
        long rows(Connection connection) throws SQLException;
    }
}
