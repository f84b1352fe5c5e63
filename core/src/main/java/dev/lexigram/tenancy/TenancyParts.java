package dev.lexigram.tenancy;

import dev.lexigram.tenancy.cache.InvalidationBus;
import dev.lexigram.tenancy.enforcement.TenantAdmission;
import dev.lexigram.tenancy.enforcement.TenantGuard;
import dev.lexigram.tenancy.enforcement.TenantValidator;
import dev.lexigram.tenancy.isolation.IsolationStrategyRegistry;
import dev.lexigram.tenancy.isolation.TenantProvisioner;
import dev.lexigram.tenancy.lifecycle.OutboxRelay;
import dev.lexigram.tenancy.lifecycle.TenantLifecycleService;
import dev.lexigram.tenancy.overrides.TenantConfigService;
import dev.lexigram.tenancy.resolution.CompositeResolver;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What a tenancy is made of.
 *
 * @param owned what is closed with it, in the order in which it was given
 */
record TenancyParts(
        TenancyConfig config,
        TenantLifecycleService tenants,
        Optional<TenantConfigService> configs,
        CompositeResolver resolver,
        TenantValidator validator,
        TenantAdmission admission,
        TenantGuard guard,
        TenantProvisioner provisioner,
        IsolationStrategyRegistry strategies,
        Optional<DataSource> dataSource,
        Optional<InvalidationBus> bus,
        Optional<OutboxRelay> relay,
        TenantHooks hooks,
        List<AutoCloseable> owned) {

    /** Closes all, the last one first, also when some fail; the failures are then raised together. */
    void close() {
        IllegalStateException failure = null;
        for (int last = owned.size() - 1; last >= 0; last--) {
            failure = close(owned.get(last), failure);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static @Nullable IllegalStateException close(AutoCloseable part, @Nullable IllegalStateException before) {
        try {
            part.close();
            return before;
        } catch (Exception broken) {
            if (broken instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            var failure = before != null
                    ? before
                    : new IllegalStateException(
                            "A part of the tenancy could not be closed; what it suppressed says why.");
            failure.addSuppressed(broken);
            return failure;
        }
    }
}
