package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.stores.ControlPlaneConfig;
import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/** Finds out where the control plane logs in. */
final class ControlPlane {

    private ControlPlane() {}

    /** What is not configured is taken from the application: its URL, and with it its login unless one is configured. */
    static ControlPlaneConfig connection(ControlPlaneConfig config, ObjectProvider<JdbcConnectionDetails> application) {
        if (config.url().isPresent()) {
            return config;
        }
        var details = application.getIfAvailable();
        if (details == null) {
            throw TenancyConfigurationException.of(List.of("tenancy.control_plane.url is missing and the application's"
                    + " connection is not known, as it makes its DataSource itself; set the JDBC URL of the database that"
                    + " keeps tenants, or make a bean of type TenantStore"));
        }
        var located = config.withUrl(details.getJdbcUrl());
        if (config.user().isPresent()) {
            return located;
        }
        var user = details.getUsername();
        var password = details.getPassword();
        var known = user == null ? located : located.withUser(user);
        return password == null ? known : known.withPassword(password);
    }
}
