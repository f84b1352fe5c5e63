package dev.lexigram.tenancy.tenant;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tenant as it was at one version. Immutable; the maps are deep copies.
 *
 * @param statusReason why the status is what it is, for a suspended or failed tenant
 * @param plan name of the plan, in the grammar of a slug
 * @param config the settings the tenant was created with; what it overrides later does not stand here
 * @param strategy name of the isolation strategy that confines its data
 * @param version grows by one with every stored change
 */
public record Tenant(
        TenantId id,
        Slug slug,
        String name,
        TenantStatus status,
        @Nullable String statusReason,
        @Nullable String plan,
        Map<String, Object> config,
        Map<String, Object> metadata,
        String strategy,
        Instant createdAt,
        Instant updatedAt,
        long version) {

    /**
     * Checks every value.
     *
     * @throws InvalidTenantException naming the field and the rule that it breaks
     */
    public Tenant {
        TenantRules.checkName(name);
        TenantRules.checkReason(statusReason);
        TenantRules.checkPlan(plan);
        config = JsonValues.copyOf("config", config);
        metadata = JsonValues.copyOf("metadata", metadata);
    }

    /** An active row-level tenant without plan, config or metadata, at version 1. */
    public static Tenant active(TenantId id, Slug slug, String name, Instant now) {
        return new Tenant(
                id, slug, name, TenantStatus.ACTIVE, null, null, Map.of(), Map.of(), "row_level", now, now, 1);
    }

    public boolean isActive() {
        return status == TenantStatus.ACTIVE;
    }

    /** The next version of this tenant, in another status. */
    public Tenant withStatus(TenantStatus status, @Nullable String reason, Instant now) {
        return new Tenant(
                id, slug, name, status, reason, plan, config, metadata, strategy, createdAt, now, version + 1);
    }

    /** This tenant as stores keep it: to the microsecond, with the time of creation and the strategy that it began with. */
    public Tenant asStored(Instant createdAt, String strategy, long version) {
        return new Tenant(
                id,
                slug,
                name,
                status,
                statusReason,
                plan,
                config,
                metadata,
                strategy,
                createdAt.truncatedTo(ChronoUnit.MICROS),
                updatedAt.truncatedTo(ChronoUnit.MICROS),
                version);
    }
}
