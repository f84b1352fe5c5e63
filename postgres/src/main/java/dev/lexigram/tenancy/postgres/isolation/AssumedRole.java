package dev.lexigram.tenancy.postgres.isolation;

import com.zaxxer.hikari.HikariConfig;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * First aid for a login with too many rights: its connections start as another role, such as {@code tenancy_app}. Sent as
 * a startup option, the role is what RESET ROLE and DISCARD ALL return to, which a SET ROLE of the session is not.
 *
 * <p>Injected SQL of a superuser can still set another role; the binder notices with the next binding or commit.
 */
public final class AssumedRole {

    private static final String OPTIONS = "options";

    private final String role;

    private AssumedRole(String role) {
        this.role = role;
    }

    /** The role of this name. @throws IllegalArgumentException if it is not a plain name */
    public static AssumedRole of(String role) {
        return new AssumedRole(
                IsolationConfig.DEFAULTS.withAssumeRole(role).assumeRole().orElseThrow());
    }

    /** The role that this configuration names, if it does. */
    public static Optional<AssumedRole> of(IsolationConfig config) {
        return config.assumeRole().map(AssumedRole::of);
    }

    /** Adds the option to the properties of a connection, after those that are there. */
    public void applyTo(Properties connection) {
        connection.setProperty(OPTIONS, with(connection.getProperty(OPTIONS)));
    }

    /**
     * Adds the option to a pool that is not started yet.
     *
     * @throws IllegalArgumentException if its URL holds {@code options}, which would take precedence
     */
    public void applyTo(HikariConfig pool) {
        var url = pool.getJdbcUrl();
        if (url != null && url.matches("(?s).*[?&]options=.*")) {
            throw new IllegalArgumentException(
                    "The JDBC URL sets 'options', which would hide the assumed role; set them"
                            + " as the data source property 'options' instead.");
        }
        applyTo(pool.getDataSourceProperties());
    }

    private String with(@Nullable String options) {
        var option = "-c role=" + role;
        return options == null || options.isBlank() ? option : options + " " + option;
    }
}
