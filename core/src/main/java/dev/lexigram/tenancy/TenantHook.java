package dev.lexigram.tenancy;

import dev.lexigram.tenancy.tenant.TenantActivated;
import dev.lexigram.tenancy.tenant.TenantConfigChanged;
import dev.lexigram.tenancy.tenant.TenantDeactivated;
import dev.lexigram.tenancy.tenant.TenantDeleted;
import dev.lexigram.tenancy.tenant.TenantEvent;
import dev.lexigram.tenancy.tenant.TenantProvisioned;
import dev.lexigram.tenancy.tenant.TenantSuspended;
import java.util.Locale;
import java.util.Optional;

/** A moment at which hooks are called. */
public enum TenantHook {

    /** A call was admitted as a tenant or refused, on this node. */
    RESOLVED,

    /** A tenant's place could not be made, on this node. */
    PROVISIONING_FAILED,

    PROVISIONED,
    ACTIVATED,
    SUSPENDED,
    DEACTIVATED,
    DELETED,
    CONFIG_CHANGED;

    /** Its name, such as {@code tenant.resolved}. */
    public String wireName() {
        return "tenant." + name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is called with events of the outbox, and not with what happens on this node. */
    boolean isOfEvents() {
        return this != RESOLVED && this != PROVISIONING_FAILED;
    }

    static Optional<TenantHook> of(TenantEvent event) {
        if (event instanceof TenantProvisioned) {
            return Optional.of(PROVISIONED);
        }
        if (event instanceof TenantActivated) {
            return Optional.of(ACTIVATED);
        }
        if (event instanceof TenantSuspended) {
            return Optional.of(SUSPENDED);
        }
        if (event instanceof TenantDeleted) {
            return Optional.of(DELETED);
        }
        if (event instanceof TenantConfigChanged) {
            return Optional.of(CONFIG_CHANGED);
        }
        return event instanceof TenantDeactivated ? Optional.of(DEACTIVATED) : Optional.empty();
    }
}
