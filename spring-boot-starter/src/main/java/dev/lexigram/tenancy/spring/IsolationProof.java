package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.isolation.AdoptionMode;
import dev.lexigram.tenancy.isolation.AuditMode;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.audit.Finding;
import dev.lexigram.tenancy.postgres.audit.TenancyAudit;
import dev.lexigram.tenancy.tenant.TenantIsolationException;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the audit has found out about each pool. Safe for use by many threads. */
final class IsolationProof {

    private static final Logger LOG = LoggerFactory.getLogger(IsolationProof.class);

    private final IsolationConfig config;
    private final Map<DataSource, Boolean> proved = new ConcurrentHashMap<>();

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
        return proved.computeIfAbsent(pool, this::audit);
    }

    private boolean audit(DataSource pool) {
        var failing = config.audit() == AuditMode.FAIL && !isOfAdoption();
        try {
            var report = TenancyAudit.of(pool, config).run();
            (failing ? report.warnings() : report.findings()).forEach(IsolationProof::log);
            if (failing) {
                report.requireProved();
            }
            return report.isProved() || isOfAdoption();
        } catch (TenantIsolationException failure) {
            if (failing) {
                throw failure;
            }
            if (isOfAdoption()) {
                LOG.warn("The database was not audited: {}", failure.getMessage());
                return true;
            }
            LOG.warn("Isolation is not proved, so work without a tenant is refused: {}", failure.getMessage());
            return false;
        }
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
