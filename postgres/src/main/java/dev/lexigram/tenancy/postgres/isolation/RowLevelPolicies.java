package dev.lexigram.tenancy.postgres.isolation;

import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.audit.AuditReport;
import dev.lexigram.tenancy.postgres.audit.TenancyAudit;
import dev.lexigram.tenancy.postgres.policy.Grantees;
import dev.lexigram.tenancy.postgres.policy.TableName;
import dev.lexigram.tenancy.postgres.policy.TenantPolicy;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantIsolationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Makes tables safe to share between tenants: writes the DDL that adds the tenant column, the keys, the policies and the
 * grants.
 *
 * <p>{@code RowLevelPolicies.forTables("customer", "invoice").withKeys(KeyVariant.SURROGATE).script()} is a migration to
 * commit as it is; {@link #apply} runs the same. Both may be repeated. Name tables that refer to each other together:
 * foreign keys between the listed tables are rewritten to carry the tenant, others are left alone.
 *
 * <p>Immutable; safe for use by many threads.
 */
public final class RowLevelPolicies {

    private final List<TableName> tables;
    private final List<TableName> shared;
    private final KeyVariant keys;
    private final TenantPolicy policy;
    private final Grantees grantees;
    private final Optional<TenantId> firstTenant;

    private RowLevelPolicies(
            List<TableName> tables,
            List<TableName> shared,
            KeyVariant keys,
            TenantPolicy policy,
            Grantees grantees,
            Optional<TenantId> firstTenant) {
        this.tables = tables;
        this.shared = shared;
        this.keys = keys;
        this.policy = policy;
        this.grantees = grantees;
        this.firstTenant = firstTenant;
    }

    /** For these tables, such as {@code invoice} (in schema {@code public}) or {@code billing.invoice}, in exact case. */
    public static RowLevelPolicies forTables(String... tables) {
        return forTables(Arrays.stream(tables).map(TableName::of).toList());
    }

    /** For these tables, whatever their names hold. */
    public static RowLevelPolicies forTables(List<TableName> tables) {
        if (tables.isEmpty()) {
            throw new IllegalArgumentException("Name at least one table");
        }
        return new RowLevelPolicies(
                tables.stream().distinct().toList(),
                List.of(),
                KeyVariant.SURROGATE,
                new TenantPolicy("tenancy.tenant_id"),
                Grantees.DEFAULTS,
                Optional.empty());
    }

    /** How keys carry the tenant; {@link KeyVariant#SURROGATE} unless said. */
    public RowLevelPolicies withKeys(KeyVariant keys) {
        return new RowLevelPolicies(tables, shared, keys, policy, grantees, firstTenant);
    }

    /** Tables with rows for every tenant: the application may read them, and do nothing else. */
    public RowLevelPolicies withSharedTables(List<TableName> shared) {
        if (shared.stream().anyMatch(tables::contains)) {
            throw new IllegalArgumentException("A table holds rows of tenants or is shared, not both");
        }
        return new RowLevelPolicies(tables, shared.stream().distinct().toList(), keys, policy, grantees, firstTenant);
    }

    /** The setting that carries the tenant, {@code tenancy.tenant_id} unless said; one for the whole database. */
    public RowLevelPolicies withSettingName(String settingName) {
        return with(policy.withSettingName(settingName));
    }

    /** Verifies signed tokens instead of believing the setting, as {@code isolation.sealed} does; {@link SealKeys}. */
    public RowLevelPolicies withSealed(boolean sealed) {
        return with(policy.withSealed(sealed));
    }

    /**
     * Refuses a tenant that is not active, too, as {@code isolation.strict_status} does: from its next statement, not
     * only when a node has heard of the change. The control plane must keep its tenants in the same database.
     */
    public RowLevelPolicies withStrictStatus(boolean strictStatus) {
        return with(policy.withStrictStatus(strictStatus));
    }

    private RowLevelPolicies with(TenantPolicy policy) {
        return new RowLevelPolicies(tables, shared, keys, policy, grantees, firstTenant);
    }

    /** Whose all rows are that a table holds before it gets its tenant column; unsaid, such a table is refused. */
    public RowLevelPolicies withFirstTenant(TenantId firstTenant) {
        return new RowLevelPolicies(tables, shared, keys, policy, grantees, Optional.of(firstTenant));
    }

    /** The role that owns the tables, {@code tenancy_owner} unless said. It must exist. */
    public RowLevelPolicies withOwnerRole(String role) {
        return new RowLevelPolicies(tables, shared, keys, policy, grantees.withOwner(role), firstTenant);
    }

    /** The role that serves requests, {@code tenancy_app} unless said. It must exist. */
    public RowLevelPolicies withAppRole(String role) {
        return new RowLevelPolicies(tables, shared, keys, policy, grantees.withApp(role), firstTenant);
    }

    /** The role that reads across tenants, {@code tenancy_admin} unless said. It gets nothing while it does not exist. */
    public RowLevelPolicies withAdminRole(String role) {
        return new RowLevelPolicies(tables, shared, keys, policy, grantees.withAdmin(role), firstTenant);
    }

    /** The DDL as one script, ready for Flyway or {@code psql}. Run it in one transaction, bound to no tenant. */
    public String script() {
        return PolicyScript.HEADER + String.join(";\n\n", statements()) + ";\n";
    }

    /** The statements of {@link #script}, in order and without semicolons. */
    List<String> statements() {
        return new PolicyScript(tables, shared, keys, policy, grantees, firstTenant).statements();
    }

    /**
     * Runs the script in one transaction: all of it happens, or nothing. Nodes that start together take turns.
     *
     * @param migrator connections of {@code tenancy_migrator}, or of another role that may bypass row security and is a
     *     member of the owner; not of the application's role
     * @throws TenantIsolationException if the database refuses; the cause says which of the tables is in the way
     */
    public void apply(DataSource migrator) {
        try (var connection = migrator.getConnection()) {
            connection.setAutoCommit(false);
            try {
                run(connection);
                connection.commit();
            } catch (SQLException | RuntimeException failure) {
                connection.rollback();
                throw failure;
            }
        } catch (SQLException failure) {
            throw TenantIsolationException.of(
                    "Row-level policies could not be applied (SQLSTATE " + failure.getSQLState()
                            + "); nothing was changed. The cause says what is in the way.",
                    failure);
        }
    }

    /**
     * Compares the tables with what the script makes of them: the findings that the audit would have for them.
     *
     * @param any connections of any role that may read the catalogue
     * @throws TenantIsolationException if the catalogue could not be read
     */
    public AuditReport verify(DataSource any) {
        var config = IsolationConfig.DEFAULTS
                .withSettingName(policy.settingName())
                .withSealed(policy.sealed())
                .withStrictStatus(policy.strictStatus());
        return TenancyAudit.of(any, config).runFor(tables);
    }

    private void run(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("select pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtext('tenancy.policies'))");
            for (var sql : statements()) {
                statement.execute(sql);
            }
        }
    }
}
