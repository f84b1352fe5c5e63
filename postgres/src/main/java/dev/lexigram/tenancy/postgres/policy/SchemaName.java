package dev.lexigram.tenancy.postgres.policy;

import dev.lexigram.tenancy.tenant.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The schema of a tenant, or what was one: it derives from the tenant's id alone, in exactly this case, has at most 63
 * bytes, and no two ids share one. Immutable.
 */
public record SchemaName(String value) {

    /** The strategy whose tenants have one. */
    public static final String STRATEGY = "schema";

    /** What a tenant's schema begins with; its id follows. */
    public static final String PREFIX = "tenant_";

    /** What the schema of a removed tenant begins with. */
    public static final String ARCHIVED = "archived_";

    /** @throws IllegalArgumentException if PostgreSQL would cut the name: another schema could have the rest of it */
    public SchemaName {
        if (value.isEmpty() || value.getBytes(StandardCharsets.UTF_8).length > 63) {
            throw new IllegalArgumentException("The name of a schema must have 1 to 63 bytes");
        }
    }

    /** The schema of this tenant. */
    public static SchemaName of(TenantId id) {
        return new SchemaName(PREFIX + id.value());
    }

    /** Where this schema goes when its tenant is removed in this second; 52 characters. */
    public SchemaName archived(Instant at) {
        return new SchemaName(ARCHIVED + digest().substring(0, 32) + "_" + at.getEpochSecond());
    }

    /** The tenant whose schema this would be, if it has the form of one. */
    public Optional<TenantId> tenant() {
        return value.startsWith(PREFIX) ? TenantId.parse(value.substring(PREFIX.length())) : Optional.empty();
    }

    /** The name as SQL, quoted. */
    public String sql() {
        return Quoted.identifier(value);
    }

    @Override
    public String toString() {
        return value;
    }

    private String digest() {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(value.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }
}
