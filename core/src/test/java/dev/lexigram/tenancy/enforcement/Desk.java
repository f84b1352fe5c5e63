package dev.lexigram.tenancy.enforcement;

import dev.lexigram.tenancy.resolution.ResolutionConfig;
import dev.lexigram.tenancy.resolution.SourcedResolution;
import dev.lexigram.tenancy.resolution.TenantPrincipal;
import dev.lexigram.tenancy.resolution.TenantResolutionContext;
import dev.lexigram.tenancy.resolution.ValidatorCacheConfig;
import dev.lexigram.tenancy.tenant.Tenant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** An admission with all that stands behind it, where look-ups are counted and log lines are kept. */
final class Desk {

    static final TenantResolutionContext ANONYMOUS =
            TenantResolutionContext.builder().method("GET").rawPath("/invoices").build();

    final ObservedStore store;
    final InMemoryMembership members = new InMemoryMembership();
    final AtomicInteger membershipLookUps = new AtomicInteger();
    final RecordingLogger log = new RecordingLogger();
    private ResolutionConfig config = ResolutionConfig.DEFAULTS;
    private Optional<TenantMembership> membership = Optional.of((principal, tenant) -> {
        membershipLookUps.incrementAndGet();
        return members.isMember(principal, tenant);
    });

    Desk(Tenant... tenants) {
        this.store = new ObservedStore(tenants);
    }

    static TenantResolutionContext callBy(String principal) {
        return TenantResolutionContext.builder()
                .method("GET")
                .rawPath("/invoices")
                .principal(TenantPrincipal.of(principal))
                .build();
    }

    Desk with(ResolutionConfig config) {
        this.config = config;
        return this;
    }

    Desk with(Optional<TenantMembership> membership) {
        this.membership = membership;
        return this;
    }

    Admission admit(Sources sources, TenantResolutionContext call) {
        return admit(sources.all(), call);
    }

    Admission admit(Function<TenantResolutionContext, List<SourcedResolution>> sources, TenantResolutionContext call) {
        var validator = new TenantValidator(store, ValidatorCacheConfig.DEFAULTS);
        return new TenantAdmission(
                        sources, Set.of(), validator, membership, config, new SecurityLog(log, new LogBudget()))
                .admit(call);
    }
}
