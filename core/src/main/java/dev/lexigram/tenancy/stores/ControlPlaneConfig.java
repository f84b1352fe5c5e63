package dev.lexigram.tenancy.stores;

import java.util.Optional;

/**
 * Where the control plane keeps tenants: section {@code control_plane} of the configuration. Immutable.
 *
 * @param url JDBC URL; empty for the application's own database
 * @param user login of the control plane
 * @param password password of that login; never shown
 * @param initialize whether tables are created and upgraded at start
 */
public record ControlPlaneConfig(
        Optional<String> url, Optional<String> user, Optional<String> password, boolean initialize) {

    public static final ControlPlaneConfig DEFAULTS =
            new ControlPlaneConfig(Optional.empty(), Optional.empty(), Optional.empty(), true);

    public ControlPlaneConfig withUrl(String url) {
        return new ControlPlaneConfig(Optional.of(url), user, password, initialize);
    }

    public ControlPlaneConfig withUser(String user) {
        return new ControlPlaneConfig(url, Optional.of(user), password, initialize);
    }

    public ControlPlaneConfig withPassword(String password) {
        return new ControlPlaneConfig(url, user, Optional.of(password), initialize);
    }

    public ControlPlaneConfig withInitialize(boolean initialize) {
        return new ControlPlaneConfig(url, user, password, initialize);
    }

    /** Shows neither the password nor what a URL may hold of it. */
    @Override
    public String toString() {
        var shownUrl = url.map(text -> text.replaceFirst("\\?.*", "?***").replaceFirst("//[^/]*@", "//***@"));
        return "ControlPlaneConfig[url=" + shownUrl + ", user=" + user + ", password=***, initialize=" + initialize
                + "]";
    }
}
