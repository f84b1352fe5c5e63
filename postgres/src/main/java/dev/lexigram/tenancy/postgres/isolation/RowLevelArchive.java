package dev.lexigram.tenancy.postgres.isolation;

import dev.lexigram.tenancy.isolation.ErasedResource;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.policy.Grantees;
import dev.lexigram.tenancy.postgres.policy.TenantPolicy;
import dev.lexigram.tenancy.postgres.schema.ArchiveSchema;
import dev.lexigram.tenancy.tenant.TenantId;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/**
 * Moves the rows of a tenant that is removed into a schema of its own, which only the owner of the tables reaches. It works as
 * the role that migrates ({@code tenancy_migrator} of {@code roles.sql}): the one that serves may create nothing.
 *
 * <p>The schema is {@code archived_}, 32 hexadecimal digits of the SHA-256 of {@code tenant_} and the id, {@code _} and the
 * Unix time in seconds. It has a table for each that held rows of the tenant, with its columns and without its keys; the
 * comment on it says where the rows come from. A row is in one place at any time: it leaves the one in the transaction in
 * which it comes to the other. Safe for use by many threads.
 */
public final class RowLevelArchive {

    private final DataSource provisioner;
    private final TenantPolicy policy;
    private final String owner;

    private RowLevelArchive(DataSource provisioner, TenantPolicy policy, String owner) {
        this.provisioner = provisioner;
        this.policy = policy;
        this.owner = owner;
    }

    /** @param provisioner connections of the role that migrates, used for nothing else */
    public static RowLevelArchive of(DataSource provisioner, IsolationConfig config) {
        return new RowLevelArchive(provisioner, TenantPolicy.of(config), Grantees.DEFAULTS.owner());
    }

    /** The role that owns the tables, {@code tenancy_owner} unless said; it will own the archive, too. */
    public RowLevelArchive withOwnerRole(String role) {
        return new RowLevelArchive(
                provisioner, policy, Grantees.DEFAULTS.withOwner(role).owner());
    }

    /** Again: what is left is moved to where the rest is. */
    List<ErasedResource> take(TenantId id, WriterDrain drain) throws SQLException {
        try (var connection = provisioner.getConnection()) {
            connection.setAutoCommit(false);
            var transactions = new OwnerTransactions(connection, owner, policy, id);
            return new RowLevelRemoval(transactions, id, drain, new ArchiveSchema(id)).remove();
        }
    }
}
