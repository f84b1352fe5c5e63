package dev.lexigram.tenancy.isolation;

import java.util.Optional;

/**
 * The login that reads across tenants: section {@code system_scope} of the configuration. Immutable.
 *
 * @param url JDBC URL; empty for the application's own database
 * @param user login that may read every tenant's rows and change none; without it nobody reads across tenants
 * @param password password of that login; never shown
 */
public record SystemScopeConfig(Optional<String> url, Optional<String> user, Optional<String> password) {

    public static final SystemScopeConfig DEFAULTS =
            new SystemScopeConfig(Optional.empty(), Optional.empty(), Optional.empty());

    public SystemScopeConfig withUrl(String url) {
        return new SystemScopeConfig(Optional.of(url), user, password);
    }

    public SystemScopeConfig withUser(String user) {
        return new SystemScopeConfig(url, Optional.of(user), password);
    }

    public SystemScopeConfig withPassword(String password) {
        return new SystemScopeConfig(url, user, Optional.of(password));
    }

    /** Shows neither the password nor the URL, which may hold it. */
    @Override
    public String toString() {
        return "SystemScopeConfig[url=" + url.map(text -> "***") + ", user=" + user + ", password=***]";
    }
}
