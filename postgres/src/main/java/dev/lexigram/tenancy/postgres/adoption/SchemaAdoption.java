package dev.lexigram.tenancy.postgres.adoption;

import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.isolation.KeyVariant;
import dev.lexigram.tenancy.postgres.isolation.RowLevelPolicies;
import dev.lexigram.tenancy.postgres.policy.TableName;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantIsolationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/**
 * Plans how the database of one tenant becomes a database of many.
 *
 * <p>{@code SchemaAdoption.of(dataSource).withFirstTenant(acme).withSharedTables("plan").plan()} reads the catalogue,
 * changes nothing, and gives a migration to review and commit, with everything that it cannot decide. Tables are named
 * as in {@code isolation.tables}: {@code invoice} (in schema {@code public}), {@code billing.invoice}, {@code ref_*}. A
 * table that is neither shared nor a tool's is a tenant's, unless the tables of tenants are named.
 *
 * <p>Immutable; safe for use by many threads.
 */
public final class SchemaAdoption {

    private final DataSource any;
    private final Choices choices;

    private SchemaAdoption(DataSource any, Choices choices) {
        this.any = any;
        this.choices = choices;
    }

    /**
     * The adoption of this database.
     *
     * @param any connections of any role, which need nothing but the catalogue; the roles of this library may be missing
     */
    public static SchemaAdoption of(DataSource any) {
        return new SchemaAdoption(any, Choices.DEFAULTS);
    }

    /** Whose all present rows are; unsaid, the migration refuses a table that holds rows. */
    public SchemaAdoption withFirstTenant(TenantId firstTenant) {
        return with(choices.withFirstTenant(firstTenant));
    }

    /** The only tables that hold tenants' rows. What is then named nowhere is left out, with a finding. */
    public SchemaAdoption withTenantTables(String... tables) {
        return with(choices.withTables(checked(tables), choices.shared(), choices.system()));
    }

    /** Tables that every tenant may read and no tenant may write. */
    public SchemaAdoption withSharedTables(String... tables) {
        return with(choices.withTables(choices.tenant(), checked(tables), choices.system()));
    }

    /** Tables of tools, beside those that the audit knows. */
    public SchemaAdoption withSystemTables(String... tables) {
        return with(choices.withTables(choices.tenant(), choices.shared(), checked(tables)));
    }

    /** How keys carry the tenant; {@link KeyVariant#SURROGATE} unless said. */
    public SchemaAdoption withKeys(KeyVariant keys) {
        return with(choices.withKeys(keys));
    }

    /** The setting that carries the tenant, {@code tenancy.tenant_id} unless said. */
    public SchemaAdoption withSettingName(String settingName) {
        IsolationConfig.DEFAULTS.withSettingName(settingName);
        return with(choices.withSettingName(settingName));
    }

    /** The role that will own the tables, {@code tenancy_owner} unless said. */
    public SchemaAdoption withOwnerRole(String role) {
        return with(choices.withRoles(role, choices.app(), choices.admin()));
    }

    /** The role that will serve requests, {@code tenancy_app} unless said. */
    public SchemaAdoption withAppRole(String role) {
        return with(choices.withRoles(choices.owner(), role, choices.admin()));
    }

    /** The role that will read across tenants, {@code tenancy_admin} unless said. */
    public SchemaAdoption withAdminRole(String role) {
        return with(choices.withRoles(choices.owner(), choices.app(), role));
    }

    /**
     * Reads the catalogue as it is now, in one read-only transaction.
     *
     * @throws TenantIsolationException if it cannot be read; the cause says why
     */
    public AdoptionPlan plan() {
        try (var connection = any.getConnection()) {
            var autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                return AdoptionPlan.read(Catalogue.open(connection, choices), choices);
            } finally {
                leave(connection, autoCommit);
            }
        } catch (SQLException failure) {
            throw TenantIsolationException.of(
                    "The database's catalogue could not be read (SQLSTATE " + failure.getSQLState()
                            + "), so that there is no plan; the cause says why.",
                    failure);
        }
    }

    private SchemaAdoption with(Choices choices) {
        RowLevelPolicies.forTables("any") // checks the names of roles as the migration's writer will
                .withOwnerRole(choices.owner())
                .withAppRole(choices.app())
                .withAdminRole(choices.admin());
        return new SchemaAdoption(any, choices);
    }

    private static List<String> checked(String... tables) {
        for (var table : tables) {
            TableName.of(table);
        }
        return List.of(tables);
    }

    private static void leave(Connection connection, boolean autoCommit) throws SQLException {
        connection.rollback();
        connection.setAutoCommit(autoCommit);
    }
}
