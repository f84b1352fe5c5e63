package dev.lexigram.tenancy.postgres.schema;

import static dev.lexigram.tenancy.postgres.schema.Statements.all;

import dev.lexigram.tenancy.isolation.ErasedResource;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.policy.Grantees;
import dev.lexigram.tenancy.postgres.policy.SchemaName;
import dev.lexigram.tenancy.postgres.policy.TenantPolicy;
import dev.lexigram.tenancy.postgres.schema.SchemaEntry.State;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantIsolationException;
import dev.lexigram.tenancy.tenant.TenantProvisioningException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/**
 * The schemas of tenants that have one each, from the first to the last day of each. It works as the role that migrates
 * ({@code tenancy_migrator} of {@code roles.sql}): the one that serves may create and own nothing.
 *
 * <p>A schema that was not made here, for this tenant, is never used, emptied or removed: it is known by a mark on it and by
 * an entry that only the owner can write. Each call may be repeated: after a crash the next one brings it to its end. Those
 * who work on one tenant take turns. Safe for use by many threads.
 */
public final class TenantSchemas {

    private final DataSource provisioner;
    private final SchemaMigrator migrator;
    private final TenantPolicy policy;
    private final Grantees grantees;

    private TenantSchemas(DataSource provisioner, SchemaMigrator migrator, TenantPolicy policy, Grantees grantees) {
        this.provisioner = provisioner;
        this.migrator = migrator;
        this.policy = policy;
        this.grantees = grantees;
    }

    /**
     * Schemas that this migrator fills.
     *
     * @param provisioner connections of the role that migrates, used for nothing else
     */
    public static TenantSchemas of(DataSource provisioner, SchemaMigrator migrator, IsolationConfig config) {
        return new TenantSchemas(provisioner, migrator, TenantPolicy.of(config), Grantees.DEFAULTS);
    }

    /** The role that owns schemas, {@code tenancy_owner} unless said. It must exist. */
    public TenantSchemas withOwnerRole(String role) {
        return new TenantSchemas(provisioner, migrator, policy, grantees.withOwner(role));
    }

    /** The role that serves requests, {@code tenancy_app} unless said. It must exist. */
    public TenantSchemas withAppRole(String role) {
        return new TenantSchemas(provisioner, migrator, policy, grantees.withApp(role));
    }

    /** The role that reads across tenants, {@code tenancy_admin} unless said. It gets nothing while it does not exist. */
    public TenantSchemas withAdminRole(String role) {
        return new TenantSchemas(provisioner, migrator, policy, grantees.withAdmin(role));
    }

    /**
     * Makes what all schemas rely on, where it is not there yet, so that the audit has something to prove before the first
     * tenant.
     *
     * @throws TenantIsolationException if the database refuses
     */
    public void prepare() {
        try (var connection = provisioner.getConnection()) {
            connection.setAutoCommit(false);
            try {
                SchemaRegister.prepare(connection, SchemaRegister.SCHEMAS, grantees.owner());
                SchemaAccess.guarded(connection, grantees, policy, Set.of()).prepare();
                connection.commit();
            } catch (SQLException | RuntimeException failure) {
                connection.rollback();
                throw failure;
            }
        } catch (SQLException failure) {
            throw TenantIsolationException.of(
                    "Schemas of tenants could not be prepared (SQLSTATE " + failure.getSQLState() + "); the login that"
                            + " makes them has to be a member of " + grantees.owner() + ", as roles.sql makes"
                            + " tenancy_migrator. The cause says what is in the way.",
                    failure);
        }
    }

    /**
     * Makes the tenant's schema, fills it, and only then lets the serving role use it.
     *
     * @throws TenantProvisioningException if a schema of the name is somebody else's, or a step fails: the role that serves
     *     has no access then, and the next call begins anew
     */
    public void provision(TenantId id) {
        alone(id, () -> {
            if (step(id, TenantProvisioningException::of, TenantSchema::make)) {
                fill(id);
                step(id, TenantProvisioningException::of, TenantSchema::open);
            }
        });
    }

    /** Takes back what was made for a tenant that was never served; it may be provisioned again. */
    public void undo(TenantId id) {
        remove(id, schema -> schema.drop(true));
    }

    /** Removes the schema with all that is in it, also out of the archive. Its tenant never gets another. */
    public List<ErasedResource> drop(TenantId id) {
        return remove(id, schema -> schema.drop(false));
    }

    /** Takes the schema out of the tenant's place, with all that is in it, and out of the serving role's reach. */
    public List<ErasedResource> archive(TenantId id) {
        return remove(id, TenantSchema::archive);
    }

    /** Leaves the schema where it is, out of the serving role's reach. */
    public List<ErasedResource> close(TenantId id) {
        return remove(id, TenantSchema::close);
    }

    /**
     * Gives back what was archived or closed, with all that is in it.
     *
     * @throws TenantProvisioningException if there is no such schema, or something else has its place
     */
    public void restore(TenantId id) {
        step(id, TenantProvisioningException::of, TenantSchema::restore);
    }

    /** Where the tenant's schema is, if one was made and is there: in its place, or in the archive. */
    public Optional<SchemaName> place(TenantId id) {
        return step(
                id,
                TenantProvisioningException::of,
                schema -> schema.entry()
                        .filter(entry -> entry.state() != State.DROPPED)
                        .map(SchemaEntry::place));
    }

    private void fill(TenantId id) {
        try {
            migrator.migrate(provisioner, SchemaName.of(id));
        } catch (RuntimeException failure) {
            throw TenantProvisioningException.of(id, "its schema could not be filled, as the cause says", failure);
        }
    }

    /** Nobody else provisions this tenant meanwhile; a node that dies loses the lock with its connection. */
    private void alone(TenantId id, Runnable work) {
        try (var connection = provisioner.getConnection()) {
            connection.setAutoCommit(false);
            SchemaRegister.lock(connection, "tenancy.provisioning " + id.value());
            work.run();
            connection.rollback();
        } catch (SQLException failure) {
            throw TenantProvisioningException.of(id, refused(failure), failure);
        }
    }

    private List<ErasedResource> remove(TenantId id, Step<List<ErasedResource>> step) {
        return step(id, TenantProvisioningException::ofRemoval, step);
    }

    private <T> T step(TenantId id, TenantSchema.Refusal refusal, Step<T> step) {
        try (var connection = provisioner.getConnection()) {
            connection.setAutoCommit(false);
            try {
                var result = step.on(schema(connection, id, refusal));
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException failure) {
                connection.rollback();
                throw failure;
            }
        } catch (SQLException failure) {
            throw refusal.of(id, refused(failure), failure);
        } catch (IllegalStateException failure) {
            throw refusal.of(id, String.valueOf(failure.getMessage()), failure);
        }
    }

    private TenantSchema schema(Connection connection, TenantId id, TenantSchema.Refusal refusal) throws SQLException {
        all(connection, "select pg_catalog.set_config('search_path', 'pg_catalog', true)", row -> true);
        var register = SchemaRegister.lock(connection, SchemaRegister.SCHEMAS, id, grantees.owner());
        var access = SchemaAccess.guarded(connection, grantees, policy, migrator.ownTables());
        return new TenantSchema(connection, id, register, access, grantees, refusal);
    }

    private static String refused(SQLException failure) {
        return "the database refused it (SQLSTATE " + failure.getSQLState() + ")";
    }

    private interface Step<T> {
        T on(TenantSchema schema) throws SQLException;
    }
}
