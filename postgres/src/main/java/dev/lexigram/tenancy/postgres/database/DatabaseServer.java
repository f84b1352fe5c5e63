package dev.lexigram.tenancy.postgres.database;

import dev.lexigram.tenancy.isolation.Secret;
import dev.lexigram.tenancy.isolation.TransactionLimits;
import java.time.Duration;
import java.util.Objects;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The PostgreSQL server on which tenants have a database each, and the login that makes them: {@code tenancy_provisioner} of
 * {@code databases.sql}. Each connection is a new one. Immutable.
 */
public final class DatabaseServer {

    private static final int CONNECT_SECONDS = 10;

    private final String url;
    private final String user;
    private final Secret password;
    private final UnaryOperator<DataSource> through;

    private DatabaseServer(String url, String user, Secret password, UnaryOperator<DataSource> through) {
        this.url = url;
        this.user = user;
        this.password = password;
        this.through = through;
    }

    /**
     * @param url JDBC URL of the application's own database on that server
     * @param password may be empty where the server asks for none
     */
    public static DatabaseServer of(String url, String user, String password) {
        return new DatabaseServer(url, user, new Secret(password), UnaryOperator.identity());
    }

    /** The same server, whose connections all go through this. */
    DatabaseServer through(UnaryOperator<DataSource> all) {
        return new DatabaseServer(url, user, password, all);
    }

    String user() {
        return user;
    }

    /** Connections to the application's own database. */
    DataSource main() {
        return dataSource(null, null);
    }

    /** Connections to the application's own database, in which the login works as this role. */
    DataSource mainAs(String role) {
        return dataSource(null, role);
    }

    /** Connections to this database, in which the login works as this role. */
    DataSource of(String database, String role) {
        return dataSource(database, role);
    }

    /** The JDBC URL of this database, which names no login; what the server's own URL sets goes before these limits. */
    String url(String database, TransactionLimits limits) {
        var source = located();
        source.setOptions(options(limits) + Objects.requireNonNullElse(source.getOptions(), ""));
        source.setDatabaseName(database);
        source.setUser(null);
        source.setPassword(null);
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setLogServerErrorDetail(false);
        source.setApplicationName("tenancy-database");
        return source.getURL();
    }

    @Override
    public String toString() {
        return "DatabaseServer[user=" + user + "]";
    }

    private DataSource dataSource(@Nullable String database, @Nullable String role) {
        var source = located();
        if (database != null) {
            source.setDatabaseName(database);
        }
        if (role != null) {
            source.setOptions("-c role=" + role);
        }
        source.setUser(user);
        source.setPassword(password.reveal());
        source.setLogServerErrorDetail(false);
        return through.apply(source);
    }

    private static String options(TransactionLimits limits) {
        var options = new StringBuilder();
        add(options, "statement_timeout", limits.statement());
        add(options, "lock_timeout", limits.lock());
        add(options, "idle_in_transaction_session_timeout", limits.idle());
        return options.toString();
    }

    private static void add(StringBuilder options, String setting, Duration limit) {
        if (!limit.isZero()) {
            options.append("-c ")
                    .append(setting)
                    .append('=')
                    .append(limit.toMillis())
                    .append(' ');
        }
    }

    private PGSimpleDataSource located() {
        var source = new PGSimpleDataSource();
        source.setUrl(url);
        return source;
    }
}
