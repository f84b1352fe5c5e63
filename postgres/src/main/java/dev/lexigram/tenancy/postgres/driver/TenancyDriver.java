package dev.lexigram.tenancy.postgres.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.util.HostSpec;

/**
 * The PostgreSQL driver, with connections in which statements can be escorted. It takes the same URLs and properties, and
 * is named to a pool as its driver class. {@link DriverManager} knows it for pools that look for the class there, behind
 * the driver itself, which is therefore what everybody else gets.
 *
 * <p>Safe for use by many threads.
 */
public final class TenancyDriver extends Driver {

    /** The versions of the driver on which this is tested, the newest being 42.7.14. */
    public static final String TESTED = "42.6.0 to 42.7.x";

    private static final String PREFIX = "jdbc:postgresql:";
    private static final String DEFAULTS = "org/postgresql/driverconfig.properties";

    static {
        try {
            DriverManager.registerDriver(new TenancyDriver()); // its superclass has registered itself by now
        } catch (SQLException failure) {
            throw new ExceptionInInitializerError(failure);
        }
    }

    /** Why connections of the driver on the class path cannot be escorted, if they cannot. */
    public static Optional<String> unsupported() {
        var driver = new Driver();
        var version = driver.getMajorVersion() + "." + driver.getMinorVersion();
        return version.equals("42.6") || version.equals("42.7")
                ? DriverInternals.missing().map(missing -> "this build of the driver lacks " + missing)
                : Optional.of("version " + version + " of the driver is not among those tested, " + TESTED);
    }

    @Override
    public @Nullable Connection connect(String url, @Nullable Properties info) throws SQLException {
        if (!url.startsWith(PREFIX)) {
            return null;
        }
        var properties = parseURL(url, withDefaults(info));
        if (properties == null) {
            throw new SQLException(
                    "The JDBC URL cannot be parsed; it has the form " + PREFIX + "//host:port/database.");
        }
        var timeout = loginTimeout(properties);
        return timeout > 0 ? ConnectAttempt.within(timeout, () -> open(url, properties)) : open(url, properties);
    }

    private static Connection open(String url, Properties properties) throws SQLException {
        return new TenancyConnection(hosts(properties), properties, url);
    }

    private static HostSpec[] hosts(Properties properties) {
        var names = properties.getProperty(PGProperty.PG_HOST.getName()).split(",");
        var ports = properties.getProperty(PGProperty.PG_PORT.getName()).split(",");
        var local = PGProperty.LOCAL_SOCKET_ADDRESS.getOrDefault(properties);
        var hosts = new HostSpec[names.length];
        for (var index = 0; index < names.length; index++) {
            hosts[index] = new HostSpec(names[index], Integer.parseInt(ports[index]), local);
        }
        return hosts;
    }

    /** In milliseconds; 0 for none. */
    private static long loginTimeout(Properties properties) throws SQLException {
        var seconds = PGProperty.LOGIN_TIMEOUT.getOrDefault(properties);
        try {
            return seconds == null
                    ? DriverManager.getLoginTimeout() * 1000L
                    : (long) (Float.parseFloat(seconds) * 1000);
        } catch (NumberFormatException failure) {
            throw new SQLException("The property loginTimeout must be a number of seconds, but is '" + seconds + "'.");
        }
    }

    // As the driver has them: the user of the operating system, then a file on the class path, then what is given.
    private static Properties withDefaults(@Nullable Properties info) {
        var defaults = new Properties();
        defaults.setProperty(PGProperty.USER.getName(), System.getProperty("user.name", ""));
        try (var file = Driver.class.getClassLoader().getResourceAsStream(DEFAULTS)) {
            if (file != null) {
                defaults.load(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(DEFAULTS + " cannot be read", failure);
        }
        var properties = new Properties(defaults);
        if (info != null) {
            info.stringPropertyNames().forEach(name -> properties.setProperty(name, info.getProperty(name)));
        }
        return properties;
    }
}
