package dev.lexigram.tenancy.postgres.isolation;

import static dev.lexigram.tenancy.postgres.policy.Quoted.block;
import static dev.lexigram.tenancy.postgres.policy.Quoted.identifier;
import static dev.lexigram.tenancy.postgres.policy.Quoted.literal;

import dev.lexigram.tenancy.postgres.policy.Grantees;
import dev.lexigram.tenancy.postgres.policy.TableName;
import dev.lexigram.tenancy.postgres.policy.TenantObservation;
import dev.lexigram.tenancy.postgres.policy.TenantPolicy;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantIsolationException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Watches the tables of an application before they are protected: writes the DDL that adds the tenant column, and
 * policies that refuse nothing and tell what {@link RowLevelPolicies} would refuse. Keys, owners and the rights that
 * there are stay as they are.
 *
 * <p>With {@code isolation.adoption: report} the application then records where in its code each of these places is. The
 * script of {@link RowLevelPolicies} for the same tables ends the observation; rows that were written with no tenant
 * bound go to its first tenant. Both may be repeated.
 *
 * <p>Two things fail on any table that has row security, also on an observed one: {@code COPY .. FROM} it, and every
 * query of a session that has set {@code row_security = off}.
 *
 * <p>Immutable; safe for use by many threads.
 */
public final class RowLevelObservation {

    private static final String HEADER = """
            -- Observation before row-level isolation by tenant, written by RowLevelObservation of lexigram-tenancy.
            -- It refuses nothing. Run it as the owner of the tables or as a role that may act as the owner, in one
            -- transaction, bound to no tenant. It may be run again.

            """;

    private final List<TableName> tables;
    private final TenantObservation observation;
    private final Grantees grantees;

    private RowLevelObservation(List<TableName> tables, TenantObservation observation, Grantees grantees) {
        this.tables = tables;
        this.observation = observation;
        this.grantees = grantees;
    }

    /** Of these tables, such as {@code invoice} (in schema {@code public}) or {@code billing.invoice}, in exact case. */
    public static RowLevelObservation forTables(String... tables) {
        return forTables(Arrays.stream(tables).map(TableName::of).toList());
    }

    /** Of these tables, whatever their names hold. */
    public static RowLevelObservation forTables(List<TableName> tables) {
        if (tables.isEmpty()) {
            throw new IllegalArgumentException("Name at least one table");
        }
        return new RowLevelObservation(
                tables.stream().distinct().toList(),
                new TenantObservation(new TenantPolicy("tenancy.tenant_id"), Optional.empty()),
                Grantees.DEFAULTS);
    }

    /** The setting that carries the tenant, {@code tenancy.tenant_id} unless said; one for the whole database. */
    public RowLevelObservation withSettingName(String settingName) {
        return new RowLevelObservation(
                tables, new TenantObservation(new TenantPolicy(settingName), observation.firstTenant()), grantees);
    }

    /** Whose the rows are that exist, and those that are written with no tenant bound; unsaid, they are nobody's. */
    public RowLevelObservation withFirstTenant(TenantId firstTenant) {
        return new RowLevelObservation(
                tables, new TenantObservation(observation.policy(), Optional.of(firstTenant)), grantees);
    }

    /** The role that owns the functions, {@code tenancy_owner} unless said. It must exist. */
    public RowLevelObservation withOwnerRole(String role) {
        return new RowLevelObservation(tables, observation, grantees.withOwner(role));
    }

    /** The role that serves requests, {@code tenancy_app} unless said. It must exist. */
    public RowLevelObservation withAppRole(String role) {
        return new RowLevelObservation(tables, observation, grantees.withApp(role));
    }

    /** The DDL as one script, ready for Flyway or {@code psql}. */
    public String script() {
        return HEADER + String.join(";\n\n", statements()) + ";\n";
    }

    /**
     * Runs the script in one transaction: all of it happens, or nothing. Nodes that start together take turns.
     *
     * @param owner connections of a role that may act as the tables' owner, such as {@code tenancy_migrator}
     * @throws TenantIsolationException if the database refuses; the cause says which of the tables is in the way
     */
    public void apply(DataSource owner) {
        try (var connection = owner.getConnection()) {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.execute("select pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtext('tenancy.policies'))");
                for (var sql : statements()) {
                    statement.execute(sql);
                }
                connection.commit();
            } catch (SQLException | RuntimeException failure) {
                connection.rollback();
                throw failure;
            }
        } catch (SQLException failure) {
            throw TenantIsolationException.of(
                    "Tables could not be put under observation (SQLSTATE " + failure.getSQLState()
                            + "); nothing was changed. The cause says what is in the way.",
                    failure);
        }
    }

    private List<String> statements() {
        var owner = literal(grantees.owner());
        var app = literal(grantees.app());
        var statements = new ArrayList<String>();
        statements.add("do " + block(ObservationBlocks.ROLES.formatted(owner, app)));
        statements.addAll(observation.createFunctions());
        for (var function : TenantObservation.FUNCTIONS) {
            statements.add("alter function tenancy." + function + " owner to " + identifier(grantees.owner()));
            statements.add("grant execute on function tenancy." + function + " to public");
        }
        statements.add("do " + block(ObservationBlocks.CLOSED.formatted(listed())));
        for (var table : tables) {
            statements.addAll(observation.addColumn(table));
            statements.addAll(observation.observe(table));
            statements.add("grant select, insert, update, delete on table " + table.sql() + " to "
                    + identifier(grantees.app()));
        }
        var observe = literal(String.join(";\n", observation.observe("\"?\"", "'?'::regclass")));
        statements.add("do " + block(ObservationBlocks.PARTITIONS_AND_GRANTS.formatted(listed(), app, observe)));
        return statements;
    }

    private String listed() {
        return tables.stream()
                .map(table -> literal(table.sql()))
                .collect(Collectors.joining(", ", "array[", "]::regclass[]"));
    }
}
