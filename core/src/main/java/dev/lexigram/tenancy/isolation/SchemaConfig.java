package dev.lexigram.tenancy.isolation;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How tenants live that have a schema each. Immutable.
 *
 * @param extensionSchema a schema of extensions, without tables, that follows a tenant's own on the search path
 * @param locations where the migrations of a tenant's schema are
 */
public record SchemaConfig(Optional<String> extensionSchema, List<String> locations) {

    // Before DEFAULTS, whose making needs it.
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");

    public static final SchemaConfig DEFAULTS = new SchemaConfig(Optional.empty(), List.of("classpath:db/tenant"));

    /**
     * Checks every value.
     *
     * @throws IllegalArgumentException if the extension schema is one in which tables of tenants or of all are looked for
     */
    public SchemaConfig {
        locations = List.copyOf(locations);
        if (extensionSchema.isPresent() && !isOfExtensions(extensionSchema.get())) {
            throw new IllegalArgumentException("extensionSchema must be the plain name of a schema of its own, not"
                    + " public, tenancy, information_schema, pg_.. or tenant_..");
        }
    }

    public SchemaConfig withExtensionSchema(String extensionSchema) {
        return new SchemaConfig(Optional.of(extensionSchema), locations);
    }

    public SchemaConfig withLocations(String... locations) {
        return new SchemaConfig(extensionSchema, List.of(locations));
    }

    private static boolean isOfExtensions(String name) {
        var folded = name.toLowerCase(Locale.ROOT);
        return name.length() <= 63
                && NAME.matcher(name).matches()
                && !List.of("public", "tenancy", "information_schema").contains(folded)
                && !folded.startsWith("pg_")
                && !folded.startsWith("tenant_")
                && !folded.startsWith("archived_");
    }
}
