package dev.lexigram.tenancy.postgres.policy;

import dev.lexigram.tenancy.tenant.TenantId;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Says whose a schema is, as the comment on it: everybody can read it, only who owns the schema can change it, and it goes
 * where the schema goes.
 *
 * @param token of the provisioning that made the schema: a copy from elsewhere has another one
 */
public record SchemaMarker(TenantId tenant, UUID token) {

    /** What each marker begins with, and no other comment. */
    public static final String PREFIX = "lexigram-tenancy schema of tenant ";

    private static final Pattern FORM =
            Pattern.compile(PREFIX + "([A-Za-z0-9_-]{1,56}) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})");

    /** Reads a comment; it is a marker if it is exactly as one is written. */
    public static Optional<SchemaMarker> parse(String comment) {
        var match = FORM.matcher(comment);
        return comment.length() <= 200 && match.matches()
                ? TenantId.parse(match.group(1)).map(id -> new SchemaMarker(id, UUID.fromString(match.group(2))))
                : Optional.empty();
    }

    /** As it stands in the comment. */
    public String text() {
        return PREFIX + tenant.value() + " " + token;
    }
}
