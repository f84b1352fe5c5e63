package dev.lexigram.tenancy.postgres.audit;

import dev.lexigram.tenancy.isolation.AdoptionMode;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.policy.TableName;
import dev.lexigram.tenancy.tenant.TenantIsolationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;

/**
 * Proves, or finds out that it cannot be proved, that the database keeps tenants apart: as the role that serves, after
 * migrations and before the first request.
 *
 * <p>Every table, view and foreign table that the role can reach must be protected by the canonical policies or be
 * declared shared or system. {@code isolation.tables.tenant}, {@code shared} and {@code system} hold names or patterns:
 * {@code invoice} (in schema {@code public}), {@code billing.invoice}, {@code billing.*}, {@code ref_*}, {@code
 * *.shedlock}. A tenant's declaration wins; a table with a column {@code tenant_id} must be protected whatever is
 * declared. The tables of Flyway, Liquibase, Spring Session, Batch, Modulith, Quartz and ShedLock are known.
 *
 * <p>It reads the catalogue and probes tables, changes nothing, and may run at any time, by many threads.
 */
public final class TenancyAudit {

    private static final String CONNECTION_LOST = "08";

    private static final List<Check> CHECKS = List.of(
            new RoleCheck(),
            new GrantCheck(),
            new SettingCheck(),
            new FunctionCheck(),
            new SealCheck(),
            new StatusCheck(),
            new TableCheck(),
            new DefaultCheck(),
            new SchemaCheck(),
            new ViewCheck(),
            new ControlPlaneCheck(),
            new DefinerFunctionCheck(),
            new ObjectCheck(),
            new KeyCheck(),
            new ServerVersionCheck(),
            new LiveProbe());

    private static final List<Check> CHECKS_OF_ADOPTION = List.of(
            new RoleCheck(),
            new GrantCheck(),
            new SettingCheck(),
            new ObservationCheck(),
            new SchemaCheck(),
            new ViewCheck(),
            new ControlPlaneCheck(),
            new DefinerFunctionCheck(),
            new ObjectCheck(),
            new KeyCheck(),
            new ServerVersionCheck());

    private final DataSource pool;
    private final IsolationConfig config;

    private TenancyAudit(DataSource pool, IsolationConfig config) {
        this.pool = pool;
        this.config = config;
    }

    /**
     * An audit of what this pool reaches.
     *
     * @param pool connections of the serving login as they are, before anything binds them to a tenant
     */
    public static TenancyAudit of(DataSource pool, IsolationConfig config) {
        return new TenancyAudit(pool, config);
    }

    /** The tables of tools that need no declaration, as patterns. */
    public static List<String> knownSystemTables() {
        return Declarations.knownSystem();
    }

    /**
     * Asks every question. Where {@code isolation.adoption} is {@code report}, it asks whether tables are observed instead
     * of whether they are protected: then nothing is proved, whatever it finds.
     *
     * @throws TenantIsolationException if a question could not be answered: then nothing is proved
     */
    public AuditReport run() {
        return within(session -> {
            var findings = new ArrayList<Finding>();
            for (var check : config.adoption() == AdoptionMode.REPORT ? CHECKS_OF_ADOPTION : CHECKS) {
                findings.addAll(check.run(session));
            }
            return new AuditReport(findings);
        });
    }

    /**
     * Asks only how these tables, their partitions and the function of the policies are defined.
     *
     * @throws TenantIsolationException if a question could not be answered: then nothing is proved
     */
    public AuditReport runFor(Collection<TableName> tables) {
        return within(session -> {
            var findings = new ArrayList<>(FunctionCheck.definition(session));
            findings.addAll(new TableCheck().definitions(session, tables));
            return new AuditReport(findings);
        });
    }

    /**
     * Differs from an earlier one if anything has changed that {@link #run} judges; far cheaper than to judge it again. Take
     * it before the audit that it stands for, so that what changes meanwhile counts as changed.
     *
     * @throws TenantIsolationException if the catalogue could not be read
     */
    public String fingerprint() {
        return on(connection -> CatalogueFingerprint.read(connection, config.settingName()));
    }

    private AuditReport within(Questions<AuditSession, AuditReport> questions) {
        return on(connection -> {
            var session = AuditSession.open(connection, config);
            var report = questions.ask(session);
            if (!session.settingAtStart().isEmpty()) {
                connection.abort(Runnable::run); // bound for as long as it lasts, whatever is mended meanwhile
            }
            return report;
        });
    }

    private <T> T on(Questions<Connection, T> questions) {
        try (var connection = pool.getConnection()) {
            var autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                return questions.ask(connection);
            } finally {
                leave(connection, autoCommit);
            }
        } catch (SQLException failure) {
            throw TenantIsolationException.of(
                    "The database could not be audited (SQLSTATE " + failure.getSQLState()
                            + "), so isolation is not proved; the cause says why.",
                    failure);
        }
    }

    private static void leave(Connection connection, boolean autoCommit) throws SQLException {
        try {
            connection.rollback();
            connection.setAutoCommit(autoCommit);
        } catch (SQLException failure) {
            if (!String.valueOf(failure.getSQLState()).startsWith(CONNECTION_LOST)) { // else the pool sees it, too
                throw failure;
            }
        }
    }

    private interface Questions<S, T> {
        T ask(S session) throws SQLException;
    }
}
