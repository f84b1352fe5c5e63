package dev.lexigram.tenancy;

import dev.lexigram.tenancy.cache.Invalidation;
import dev.lexigram.tenancy.cache.Invalidation.ConfigChanged;
import dev.lexigram.tenancy.cache.Invalidation.MemberChanged;
import dev.lexigram.tenancy.cache.Invalidation.TenantChanged;
import dev.lexigram.tenancy.cache.InvalidationSource;
import dev.lexigram.tenancy.enforcement.CachedMembership;
import dev.lexigram.tenancy.enforcement.TenantMembership;
import dev.lexigram.tenancy.enforcement.TenantValidator;
import dev.lexigram.tenancy.lifecycle.OutboxRelay;
import dev.lexigram.tenancy.overrides.TenantConfigService;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.TenantException;
import dev.lexigram.tenancy.tenant.TenantId;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a change does to this node: caches drop what it made untrue, and the relay looks for its events. */
final class News {

    private static final Logger LOG = LoggerFactory.getLogger(News.class);

    private final TenantStore store;
    private final TenantValidator validator;
    private final Optional<TenantMembership> membership;
    private final Optional<TenantConfigService> configs;
    private final Optional<OutboxRelay> relay;
    private final Changes changes;

    News(
            TenantStore store,
            TenantValidator validator,
            Optional<TenantMembership> membership,
            Optional<TenantConfigService> configs,
            Optional<OutboxRelay> relay,
            Changes changes) {
        this.store = store;
        this.validator = validator;
        this.membership = membership;
        this.configs = configs;
        this.relay = relay;
        this.changes = changes;
    }

    /** A change came in over the bus. */
    void heard(Invalidation change) {
        if (change instanceof TenantChanged tenant) {
            validator.invalidate(tenant.tenant(), tenant.version());
            configs.ifPresent(service -> service.invalidate(tenant.tenant())); // its plan may be another
            wakeRelay();
        } else if (change instanceof ConfigChanged config) {
            configs.ifPresent(service -> service.invalidate(config.tenant()));
            wakeRelay();
        } else if (change instanceof MemberChanged member
                && membership.isPresent()
                && membership.get() instanceof CachedMembership cached) {
            cached.invalidate(member.principal(), member.tenant());
        }
    }

    /** A change was made here, or may have been. */
    void changedHere(TenantId id) {
        validator.invalidate(id);
        configs.ifPresent(service -> service.invalidate(id));
        wakeRelay();
        if (!(store instanceof InvalidationSource)) {
            announce(id);
        }
    }

    /** The change is stored, so a bus that fails must not make it look otherwise. */
    private void announce(TenantId id) {
        var bus = changes.bus();
        if (bus.isEmpty()) {
            return;
        }
        try {
            store.findById(id).ifPresent(tenant -> bus.get().announce(new TenantChanged(id, tenant.version())));
        } catch (TenantException failure) {
            LOG.warn("A change of tenant {} was not announced ({}); other nodes learn of it later", id, failure.code());
        }
    }

    private void wakeRelay() {
        relay.ifPresent(OutboxRelay::wake);
    }
}
