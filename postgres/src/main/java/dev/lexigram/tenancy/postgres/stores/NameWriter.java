package dev.lexigram.tenancy.postgres.stores;

import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantSlugConflictException;
import dev.lexigram.tenancy.tenant.TenantStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;

/** The names that a tenant holds: its id for ever, its slug unless it failed. Both in the caller's transaction. */
final class NameWriter {

    // Waits for a transaction that holds the same name, in any case, and inserts nothing if that one commits.
    private static final String CLAIM =
            "insert into tenancy.tenant_names (name, kind, tenant_id) values (?, ?, ?) on conflict do nothing";

    private static final String SLUG = "select name from tenancy.tenant_names where tenant_id = ? and kind = 'slug'";

    private static final String RELEASE_SLUG = "delete from tenancy.tenant_names where tenant_id = ? and kind = 'slug'";

    private NameWriter() {}

    /** Claims every name of a new tenant, in the order of the index, so that two tenants never wait for each other. */
    static void claim(Connection connection, Tenant tenant) throws SQLException {
        var id = tenant.id().value();
        var slug = slugBesideId(tenant);
        if (slug.isPresent() && slug.get().compareTo(folded(id)) < 0) {
            claim(connection, tenant, slug.get(), "slug");
            claim(connection, tenant, id, "id");
        } else {
            claim(connection, tenant, id, "id");
            if (slug.isPresent()) {
                claim(connection, tenant, slug.get(), "slug");
            }
        }
    }

    /** Claims a slug that is new, and gives back one that the tenant no longer holds; removal changes no names. */
    static void change(Connection connection, Tenant tenant) throws SQLException {
        if (tenant.status() == TenantStatus.DELETING || tenant.status() == TenantStatus.DELETED) {
            return;
        }
        var held = heldSlug(connection, tenant);
        var wanted = slugBesideId(tenant);
        if (held.equals(wanted)) {
            return;
        }
        if (held.isPresent()) {
            release(connection, tenant);
        }
        if (wanted.isPresent()) {
            claim(connection, tenant, wanted.get(), "slug");
        }
    }

    /** A slug that equals its tenant's id is that one name, of kind id. */
    private static Optional<String> slugBesideId(Tenant tenant) {
        var slug = tenant.slug().value();
        return tenant.status() == TenantStatus.FAILED
                        || slug.equals(folded(tenant.id().value()))
                ? Optional.empty()
                : Optional.of(slug);
    }

    private static String folded(String id) {
        return id.toLowerCase(Locale.ROOT);
    }

    private static void claim(Connection connection, Tenant tenant, String name, String kind) throws SQLException {
        try (var statement = connection.prepareStatement(CLAIM)) {
            statement.setString(1, name);
            statement.setString(2, kind);
            statement.setString(3, tenant.id().value());
            if (statement.executeUpdate() == 0) {
                throw TenantSlugConflictException.of(name);
            }
        }
    }

    private static Optional<String> heldSlug(Connection connection, Tenant tenant) throws SQLException {
        try (var statement = connection.prepareStatement(SLUG)) {
            statement.setString(1, tenant.id().value());
            try (var rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
            }
        }
    }

    private static void release(Connection connection, Tenant tenant) throws SQLException {
        try (var statement = connection.prepareStatement(RELEASE_SLUG)) {
            statement.setString(1, tenant.id().value());
            statement.executeUpdate();
        }
    }
}
