package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.isolation.AdoptionMode;
import dev.lexigram.tenancy.isolation.AuditMode;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.audit.AuditReport;
import dev.lexigram.tenancy.postgres.audit.Finding;
import dev.lexigram.tenancy.postgres.audit.TenancyAudit;
import dev.lexigram.tenancy.tenant.TenantIsolationException;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the audit has found out about each pool, at first and since then. Safe for use by many threads; one at a time may
 * {@link #repeat}.
 */
final class IsolationProof {

    private static final Logger LOG = LoggerFactory.getLogger(IsolationProof.class);

    private final IsolationConfig config;
    private final Map<DataSource, Audited> audited = new ConcurrentHashMap<>();

    /**
     * The last audit of a pool.
     *
     * @param fingerprint of what was audited
     * @param errors each with the SQL that mends it; empty if it is proved
     */
    private record Audited(String fingerprint, boolean proved, List<String> errors) {}

    private IsolationProof(IsolationConfig config) {
        this.config = config;
    }

    /** Audits every pool and has it choose its binder. @throws TenantIsolationException if isolation is not proved and the mode is to fail then */
    static IsolationProof of(Collection<GuardedPool> pools, IsolationConfig config) {
        var proof = new IsolationProof(config);
        if (proof.isOfAdoption()) {
            LOG.warn("isolation.adoption is report: tenants are NOT kept apart. What would be refused is recorded, each"
                    + " place once by logger tenancy.adoption. The audit lists what to mend before it is enforce.");
        }
        pools.forEach(guarded -> {
            proof.isProved(guarded.pool());
            choose(guarded);
        });
        return proof;
    }

    /**
     * Whether the database behind this pool is known to keep tenants apart, or need not while the application is adopted;
     * audited when asked for the first time.
     */
    boolean isProved(DataSource pool) {
        var known = audited.get(pool);
        return (known == null ? audited.computeIfAbsent(pool, this::audit) : known).proved();
    }

    /** What stands against the proof for this pool, with SQL; empty if it is proved or was not asked for. */
    List<String> errors(DataSource pool) {
        var known = audited.get(pool);
        return known == null ? List.of() : known.errors();
    }

    /** @throws TenantIsolationException if the mode is to fail and the last audit of this pool did not prove isolation */
    void requireServing(DataSource pool) {
        var known = audited.get(pool);
        if (isFailing() && known != null && !known.proved()) {
            throw TenantIsolationException.of(
                    "The database does not keep tenants apart any more, so nobody is served until"
                            + " an audit proves it again; the log has the SQL that mends it.");
        }
    }

    /** Audits each pool again whose catalogue has changed, or for which nothing is proved. */
    void repeat() {
        audited.forEach((pool, last) -> audited.put(pool, again(pool, last)));
    }

    private Audited again(DataSource pool, Audited last) {
        var audit = TenancyAudit.of(pool, config);
        try {
            var fingerprint = audit.fingerprint();
            if (last.proved() && fingerprint.equals(last.fingerprint())) {
                return last;
            }
            return told(last, audited(fingerprint, audit.run()));
        } catch (TenantIsolationException failure) {
            if (isOfConnection(failure)) {
                LOG.warn("The audit waits for the database: {}", failure.getMessage());
                return last;
            }
            return told(last, new Audited("", false, List.of(String.valueOf(failure.getMessage()))));
        }
    }

    /** Each change of what stands against the proof is told once. */
    private Audited told(Audited last, Audited now) {
        if (!now.proved() && !now.errors().equals(last.errors())) {
            LOG.error(
                    "The database does not keep tenants apart any more{}:\n{}",
                    isFailing() ? ", so nobody is served" : "",
                    String.join("\n", now.errors()));
        } else if (now.proved() && !last.proved()) {
            LOG.info("The audit has proved again that the database keeps tenants apart");
        }
        return now;
    }

    private static Audited audited(String fingerprint, AuditReport report) {
        return new Audited(
                fingerprint,
                report.isProved(),
                report.errors().stream()
                        .map(finding -> finding + "\n" + finding.mend() + ";")
                        .toList());
    }

    /** What the database does not answer it does not serve either, so that the last audit stands. */
    private static boolean isOfConnection(TenantIsolationException failure) {
        if (!(failure.getCause() instanceof SQLException cause)) {
            return false;
        }
        var state = String.valueOf(cause.getSQLState());
        return cause instanceof SQLTransientException
                || state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57");
    }

    private Audited audit(DataSource pool) {
        var failing = isFailing();
        try {
            var audit = TenancyAudit.of(pool, config);
            var fingerprint = audit.fingerprint();
            var report = audit.run();
            (failing ? report.warnings() : report.findings()).forEach(IsolationProof::log);
            if (failing) {
                report.requireProved();
            }
            return isOfAdoption() ? new Audited(fingerprint, true, List.of()) : audited(fingerprint, report);
        } catch (TenantIsolationException failure) {
            if (failing) {
                throw failure;
            }
            if (isOfAdoption()) {
                LOG.warn("The database was not audited: {}", failure.getMessage());
                return new Audited("", true, List.of());
            }
            LOG.warn("Isolation is not proved, so work without a tenant is refused: {}", failure.getMessage());
            return new Audited("", false, List.of(String.valueOf(failure.getMessage())));
        }
    }

    private boolean isFailing() {
        return config.audit() == AuditMode.FAIL && !isOfAdoption();
    }

    private boolean isOfAdoption() {
        return config.adoption() == AdoptionMode.REPORT;
    }

    private static void choose(GuardedPool guarded) {
        try {
            guarded.choose();
        } catch (SQLException failure) {
            throw new IllegalStateException(
                    "DataSource bean '" + guarded.name() + "' gives no connection to test its binder with.", failure);
        }
    }

    private static void log(Finding finding) {
        LOG.warn("{}", finding);
    }
}
