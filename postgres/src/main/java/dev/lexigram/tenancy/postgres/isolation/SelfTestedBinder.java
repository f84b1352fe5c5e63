package dev.lexigram.tenancy.postgres.isolation;

import dev.lexigram.tenancy.isolation.AdoptionMode;
import dev.lexigram.tenancy.isolation.BinderChoice;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.isolation.TransactionLimits;
import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import dev.lexigram.tenancy.tenant.Tenant;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Binds the connections of one pool in the driver, if a self-test shows that this works with its driver and its server, and
 * over public JDBC alone if not. The choice is made once, with the first connection or when it is asked for.
 *
 * <p>Safe for use by many threads.
 */
public final class SelfTestedBinder implements TransactionBinder {

    private static final Logger LOG = LoggerFactory.getLogger(SelfTestedBinder.class);

    private static final String LIMITS = """
            select max(setting::bigint) filter (where name = 'statement_timeout'),
                   max(setting::bigint) filter (where name = 'lock_timeout'),
                   max(setting::bigint) filter (where name = 'idle_in_transaction_session_timeout')
            from pg_catalog.pg_settings
            where name in ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout')
            """;

    private final String name;
    private final DataSource pool;
    private final IsolationConfig config;
    private final @Nullable WouldBeRefusals refusals;
    private final @Nullable SealKeySource keys;
    private volatile @Nullable Choice made;

    /** For this pool, under the name that the log has for it; nothing is borrowed yet. */
    public SelfTestedBinder(String name, DataSource pool, IsolationConfig config) {
        this(name, pool, config, new WouldBeRefusals());
    }

    /** The same; where {@code isolation.adoption} is {@code report}, it writes to these what would be refused. */
    public SelfTestedBinder(String name, DataSource pool, IsolationConfig config, WouldBeRefusals refusals) {
        this(name, pool, config, refusals, null);
    }

    /** The same; where {@code isolation.sealed} is set, it signs with the key of this source, which must be given then. */
    public SelfTestedBinder(
            String name,
            DataSource pool,
            IsolationConfig config,
            WouldBeRefusals refusals,
            @Nullable SealKeySource keys) {
        BoundValue.seal(config, keys);
        this.keys = keys;
        this.refusals = config.adoption() == AdoptionMode.REPORT ? refusals : null;
        this.name = name;
        this.pool = pool;
        this.config = config;
    }

    /**
     * What was chosen.
     *
     * @param binder the binder in use
     * @param reason why it is in use, for people
     */
    public record Choice(TransactionBinder binder, String reason) {

        @Override
        public String toString() {
            return binder.name() + ": " + reason;
        }
    }

    /**
     * The choice, which is made now if it has not been made.
     *
     * @throws SQLException if the pool gives no connection; it is tried anew the next time
     * @throws TenancyConfigurationException if the configuration insists on the driver, and that does not work
     */
    public Choice choice() throws SQLException {
        var known = made;
        return known == null ? choose() : known;
    }

    /** The choice, if it has been made. */
    public Optional<Choice> known() {
        return Optional.ofNullable(made);
    }

    /** That of the binder in use, or {@code undecided} before the first connection. */
    @Override
    public String name() {
        var known = made;
        return known == null ? "undecided" : known.binder().name();
    }

    @Override
    public void prepare() throws SQLException {
        choice();
    }

    @Override
    public Connection bind(Connection borrowed, Optional<Tenant> captured) throws SQLException {
        return choice().binder().bind(borrowed, captured);
    }

    @Override
    public Connection bindToSchema(Connection borrowed, Tenant captured) throws SQLException {
        return choice().binder().bindToSchema(borrowed, captured);
    }

    @Override
    public Connection bindToDatabase(Connection borrowed, Tenant captured) throws SQLException {
        return choice().binder().bindToDatabase(borrowed, captured);
    }

    private synchronized Choice choose() throws SQLException {
        var known = made;
        if (known == null) {
            known = chosen();
            made = known;
            var asWished = config.binder() == BinderChoice.PLAIN || known.binder() instanceof DriverTransactionBinder;
            LOG.atLevel(asWished ? Level.INFO : Level.WARN)
                    .log("Transactions of DataSource '{}' are bound by binder {}", name, known);
        }
        return known;
    }

    private Choice chosen() throws SQLException {
        var pooler = new PoolerProbe(pool).pooler();
        if (config.sealed() && pooler != Pooler.NONE) {
            throw behindPooler();
        }
        var limited = config.withLimits(limits());
        if (config.binder() == BinderChoice.PLAIN) {
            return new Choice(plain(limited, pooler), "isolation.binder is plain" + pooler.told());
        }
        var driver = new DriverTransactionBinder(limited, refusals, keys, pooler);
        var problem = new DriverSelfTest(pool, driver, limited).problem();
        if (problem.isEmpty()) {
            return new Choice(driver, "the self-test passed" + pooler.told());
        }
        if (config.binder() == BinderChoice.DRIVER) {
            throw TenancyConfigurationException.of(
                    List.of("isolation.binder is driver, but " + problem.get() + "; mend that, or set it to auto"));
        }
        return new Choice(plain(limited, pooler), problem.get() + pooler.told());
    }

    /** As configured, but where the login, the database or the URL has a stricter one; none while nothing is refused. */
    private TransactionLimits limits() throws SQLException {
        if (config.adoption() == AdoptionMode.REPORT) {
            return TransactionLimits.NONE;
        }
        try (var probe = pool.getConnection();
                var statement = probe.createStatement();
                var row = statement.executeQuery(LIMITS)) {
            row.next();
            return config.limits()
                    .andNotMoreThan(new TransactionLimits(
                            Duration.ofMillis(row.getLong(1)),
                            Duration.ofMillis(row.getLong(2)),
                            Duration.ofMillis(row.getLong(3))));
        }
    }

    private TransactionBinder plain(IsolationConfig limited, Pooler pooler) {
        return new PlainTransactionBinder(limited, refusals, keys, pooler);
    }

    // A token would name a process that is not the server's, so that every protected statement would fail.
    private TenancyConfigurationException behindPooler() {
        return TenancyConfigurationException.of(
                List.of("isolation.sealed is true, but a pooler stands before the server"
                        + " of DataSource '" + name
                        + "', and a token is valid on one server connection only; connect to the"
                        + " server itself, or set it to false"));
    }
}
