package dev.lexigram.tenancy.postgres.database;

import dev.lexigram.tenancy.isolation.Secret;
import dev.lexigram.tenancy.postgres.policy.SchemaMarker;
import dev.lexigram.tenancy.tenant.TenantId;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;

/**
 * How a tenant's connections log in, and by what its database is known.
 *
 * @param token of the provisioning that made the database
 */
record DatabaseCredentials(UUID token, Secret password) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    /** With a password that nobody has chosen. */
    static DatabaseCredentials create(UUID token) {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new DatabaseCredentials(
                token, new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)));
    }

    /** Reads what {@link #secret} wrote. */
    static DatabaseCredentials parse(Secret secret) {
        var text = secret.reveal();
        var space = text.indexOf(' ');
        return new DatabaseCredentials(
                UUID.fromString(text.substring(0, space)), new Secret(text.substring(space + 1)));
    }

    /** Under which name the secret of this tenant is kept. */
    static String name(TenantId id) {
        return "database/" + id.value();
    }

    Secret secret() {
        return new Secret(token + " " + password.reveal());
    }

    /** The login of this database alone; no other was ever made with this name. */
    String login() {
        return login(token);
    }

    static String login(UUID token) {
        return "tenant_login_" + token.toString().replace("-", "");
    }

    /** What the comments on the database, and within it, have to be. */
    SchemaMarker marker(TenantId id) {
        return new SchemaMarker(id, token);
    }
}
