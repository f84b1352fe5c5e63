package dev.lexigram.tenancy.isolation;

import java.util.Optional;

/**
 * Who makes the databases of tenants that have one each: section {@code databases} of the configuration. Immutable.
 *
 * @param url JDBC URL on the server that holds them; empty for that of the application's own database
 * @param user login that makes databases and logins
 * @param password password of that login; never shown
 * @param secretKey 32 bytes in Base64 with which the passwords of tenants' logins are kept; never shown
 */
public record DatabasesConfig(
        Optional<String> url, Optional<String> user, Optional<String> password, Optional<String> secretKey) {

    public static final DatabasesConfig DEFAULTS =
            new DatabasesConfig(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public DatabasesConfig withUrl(String url) {
        return new DatabasesConfig(Optional.of(url), user, password, secretKey);
    }

    public DatabasesConfig withUser(String user) {
        return new DatabasesConfig(url, Optional.of(user), password, secretKey);
    }

    public DatabasesConfig withPassword(String password) {
        return new DatabasesConfig(url, user, Optional.of(password), secretKey);
    }

    public DatabasesConfig withSecretKey(String secretKey) {
        return new DatabasesConfig(url, user, password, Optional.of(secretKey));
    }

    /** Shows neither a password nor the URL, which may hold one. */
    @Override
    public String toString() {
        return "DatabasesConfig[url=" + url.map(text -> "***") + ", user=" + user + ", password=***, secretKey="
                + secretKey.map(text -> "***") + "]";
    }
}
