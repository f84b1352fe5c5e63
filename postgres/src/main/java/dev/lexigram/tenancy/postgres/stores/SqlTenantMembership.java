package dev.lexigram.tenancy.postgres.stores;

import dev.lexigram.tenancy.cache.Invalidation.MemberChanged;
import dev.lexigram.tenancy.enforcement.TenantMembership;
import dev.lexigram.tenancy.resolution.TenantPrincipal;
import dev.lexigram.tenancy.tenant.InvalidTenantException;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantNotFoundException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Who belongs to which tenant, in table {@code tenancy.tenant_members} of the control plane. A {@link SqlTenantStore}
 * makes the table. What changes is announced to every node in the same transaction.
 *
 * <p>Safe for use by many threads and nodes. Granting and revoking may be repeated. A database that does not answer is a
 * {@code TenantUnavailableException}, which refuses the call.
 */
public final class SqlTenantMembership implements TenantMembership {

    private static final int MAX_LENGTH = 255;

    static final String IS_MEMBER = "select from tenancy.tenant_members where principal = ? and tenant_id = ?";

    private static final String GRANT = """
            insert into tenancy.tenant_members (principal, tenant_id)
            select ?, t.tenant_id from tenancy.tenants t where t.tenant_id = ?
            on conflict do nothing
            """;

    private static final String REVOKE = "delete from tenancy.tenant_members where principal = ? and tenant_id = ?";

    private final ControlPlaneDatabase database;

    SqlTenantMembership(ControlPlaneDatabase database) {
        this.database = database;
    }

    /** Members in the database of this DataSource: the same one and the same login as the tenant store's. */
    public static SqlTenantMembership of(DataSource dataSource) {
        return new SqlTenantMembership(new ControlPlaneDatabase(dataSource));
    }

    @Override
    public boolean isMember(TenantPrincipal principal, TenantId tenant) {
        return isStorable(principal.name())
                && database.read(connection -> exists(connection, principal.name(), tenant));
    }

    /**
     * Makes the principal a member.
     *
     * @param principal the name under which it authenticates, 1-255 characters without control characters
     * @throws TenantNotFoundException if there is no such tenant
     * @throws InvalidTenantException if no principal can have this name
     */
    public void grant(String principal, TenantId tenant) {
        if (!isStorable(principal)) {
            throw InvalidTenantException.of("principal", "1-255 characters, no control characters", principal);
        }
        database.write(connection -> {
            if (execute(connection, GRANT, principal, tenant) > 0) {
                Announcement.send(connection, new MemberChanged(tenant, principal));
            } else if (!exists(connection, principal, tenant)) {
                throw TenantNotFoundException.of(tenant);
            }
            return true;
        });
    }

    /** Ends the membership, if there is one. */
    public void revoke(String principal, TenantId tenant) {
        if (isStorable(principal)) {
            database.write(connection -> {
                if (execute(connection, REVOKE, principal, tenant) > 0) {
                    Announcement.send(connection, new MemberChanged(tenant, principal));
                }
                return true;
            });
        }
    }

    /** Other text is no member's name: PostgreSQL refuses a NUL, and half a surrogate would be sent as another name. */
    private static boolean isStorable(String principal) {
        return !principal.isEmpty()
                && principal.length() <= MAX_LENGTH
                && principal.chars().noneMatch(Character::isISOControl)
                && StandardCharsets.UTF_8.newEncoder().canEncode(principal);
    }

    private static boolean exists(Connection connection, String principal, TenantId tenant) throws SQLException {
        try (var statement = connection.prepareStatement(IS_MEMBER)) {
            statement.setString(1, principal);
            statement.setString(2, tenant.value());
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static int execute(Connection connection, String sql, String principal, TenantId tenant)
            throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, principal);
            statement.setString(2, tenant.value());
            return statement.executeUpdate();
        }
    }
}
