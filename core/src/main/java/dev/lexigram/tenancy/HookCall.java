package dev.lexigram.tenancy;

import dev.lexigram.tenancy.tenant.TenantEvent;
import dev.lexigram.tenancy.tenant.TenantId;
import java.util.Optional;

/**
 * What a hook is told.
 *
 * @param tenant whom it is about; empty for a call that led to no tenant
 * @param source for {@link TenantHook#RESOLVED} the resolver that decided; empty if none did
 * @param bound for {@link TenantHook#RESOLVED} whether the call acts as the tenant
 * @param reason for {@link TenantHook#RESOLVED} why it does not, in a word; empty if it does
 * @param event for hooks of the tenant's life, the event
 */
public record HookCall(
        TenantHook hook,
        Optional<TenantId> tenant,
        Optional<String> source,
        boolean bound,
        Optional<String> reason,
        Optional<TenantEvent> event) {

    static HookCall of(TenantHook hook, TenantEvent event) {
        return new HookCall(
                hook, Optional.of(event.tenantId()), Optional.empty(), false, Optional.empty(), Optional.of(event));
    }

    static HookCall provisioningFailed(TenantId tenant) {
        return new HookCall(
                TenantHook.PROVISIONING_FAILED,
                Optional.of(tenant),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty());
    }

    static HookCall resolved(
            Optional<TenantId> tenant, Optional<String> source, boolean bound, Optional<String> reason) {
        return new HookCall(TenantHook.RESOLVED, tenant, source, bound, reason, Optional.empty());
    }
}
