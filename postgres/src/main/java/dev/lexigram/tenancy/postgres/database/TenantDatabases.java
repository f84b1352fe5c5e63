package dev.lexigram.tenancy.postgres.database;

import dev.lexigram.tenancy.isolation.ErasedResource;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.isolation.SecretStore;
import dev.lexigram.tenancy.postgres.policy.Grantees;
import dev.lexigram.tenancy.postgres.policy.TenantPolicy;
import dev.lexigram.tenancy.postgres.schema.SchemaEntry.State;
import dev.lexigram.tenancy.postgres.schema.SchemaMigrator;
import dev.lexigram.tenancy.postgres.schema.SchemaRegister;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantIsolationException;
import dev.lexigram.tenancy.tenant.TenantProvisioningException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The databases of tenants that have one each, from the first to the last day of each, on the server of the application's own
 * database. It works as a login that makes databases and serves nobody ({@code tenancy_provisioner} of {@code databases.sql}).
 *
 * <p>A database is made under a name of its own, filled, and only then gets the tenant's: what has that name is complete. One
 * that was not made here, for this tenant, is never used, emptied or removed. Each call may be repeated: after a crash the
 * next one brings it to its end. Those who work on one tenant take turns. Safe for use by many threads.
 */
public final class TenantDatabases {

    private final DatabaseParts parts;

    private TenantDatabases(DatabaseParts parts) {
        this.parts = parts;
    }

    /**
     * Databases that this migrator fills, in schema {@code public}.
     *
     * @param secrets keeps the password of each tenant's login
     */
    public static TenantDatabases of(
            DatabaseServer server, SchemaMigrator migrator, SecretStore secrets, IsolationConfig config) {
        return new TenantDatabases(new DatabaseParts(
                server, migrator, secrets, new TenantPolicy(config.settingName()), Grantees.DEFAULTS));
    }

    /** The role that owns tables, {@code tenancy_owner} unless said. It must exist. */
    public TenantDatabases withOwnerRole(String role) {
        return new TenantDatabases(parts.withGrantees(parts.grantees().withOwner(role)));
    }

    /**
     * Makes what all databases rely on, where it is not there yet.
     *
     * @throws TenantIsolationException if the login may not
     */
    public void prepare() {
        try (var connection = parts.asOwner().getConnection()) {
            connection.setAutoCommit(false);
            SchemaRegister.prepare(
                    connection, SchemaRegister.DATABASES, parts.grantees().owner());
            connection.commit();
        } catch (SQLException failure) {
            throw TenantIsolationException.of(
                    "Databases of tenants could not be prepared (SQLSTATE " + failure.getSQLState() + "); run"
                            + " databases.sql of lexigram-tenancy-postgres as a superuser, and log in as"
                            + " tenancy_provisioner. The cause says what is in the way.",
                    failure);
        }
    }

    /**
     * Makes the tenant's database and its login, fills it, and only then gives it its name.
     *
     * @throws TenantProvisioningException if a database of the name is somebody else's, or a step fails: nobody but the
     *     owner reaches it then, and the next call begins anew
     */
    public void provision(TenantId id) {
        alone(id, TenantProvisioningException::of, work -> {
            var known = work.present();
            if (known.filter(entry -> entry.state() == State.MADE).isPresent() && !work.isComplete(known.get())) {
                work.remove(known.get());
                known = Optional.empty();
            }
            if (known.isPresent()) {
                work.finish(known.get());
            } else {
                work.make();
            }
            return List.of();
        });
    }

    /** Takes back what was made for a tenant that was never served; it may be provisioned again. */
    public void undo(TenantId id) {
        remove(id, work -> {
            var known = work.present();
            if (known.isPresent()) {
                work.remove(known.get());
            }
            return List.of();
        });
    }

    /** Removes the database with all that is in it, also out of the archive. Its tenant never gets another. */
    public List<ErasedResource> drop(TenantId id) {
        return remove(id, DatabaseWork::drop);
    }

    /** Ends its sessions, and gives the database another name, under which nobody but the owner reaches it. */
    public List<ErasedResource> archive(TenantId id) {
        return remove(id, DatabaseWork::archive);
    }

    /** Ends its sessions, and leaves the database where it is, out of reach of its login. */
    public List<ErasedResource> close(TenantId id) {
        return remove(id, DatabaseWork::close);
    }

    /**
     * Gives back what was archived or closed.
     *
     * @throws TenantProvisioningException if there is no such database, or something else has its place
     */
    public void restore(TenantId id) {
        alone(id, TenantProvisioningException::of, work -> {
            work.restore();
            return List.of();
        });
    }

    private List<ErasedResource> remove(TenantId id, Step step) {
        return alone(id, TenantProvisioningException::ofRemoval, step);
    }

    /** Nobody else works on this tenant meanwhile; a node that dies loses the lock with its connection. */
    private List<ErasedResource> alone(TenantId id, Refusal refusal, Step step) {
        try (var locking = parts.server().main().getConnection();
                var connection = parts.server().main().getConnection()) {
            locking.setAutoCommit(false);
            SchemaRegister.lock(locking, "tenancy.database of " + id.value());
            var result = step.on(new DatabaseWork(parts, connection, id, refusal));
            locking.rollback();
            return result;
        } catch (SQLException failure) {
            throw refusal.of(id, "the database refused it (SQLSTATE " + failure.getSQLState() + ")", failure);
        } catch (IllegalStateException failure) {
            throw refusal.of(id, String.valueOf(failure.getMessage()), failure);
        }
    }

    /** What to raise, in the words of what was attempted. */
    interface Refusal {
        TenantProvisioningException of(TenantId id, String what, Throwable cause);
    }

    private interface Step {
        List<ErasedResource> on(DatabaseWork work) throws SQLException;
    }
}
