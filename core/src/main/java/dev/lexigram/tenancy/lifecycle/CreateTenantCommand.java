package dev.lexigram.tenancy.lifecycle;

import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.TenantId;
import java.util.Map;
import java.util.Optional;

/**
 * Asks for a new tenant.
 *
 * @param id the tenant's id; empty for a generated one
 * @param strategy name of the isolation strategy; empty for the configured default
 */
public record CreateTenantCommand(
        Slug slug,
        String name,
        Optional<TenantId> id,
        Optional<String> plan,
        Optional<String> strategy,
        Map<String, Object> config,
        Map<String, Object> metadata) {

    /**
     * Asks for a tenant with this slug and name.
     *
     * @throws dev.lexigram.tenancy.tenant.InvalidTenantException if the text is no slug
     */
    public CreateTenantCommand(String slug, String name) {
        this(Slug.of(slug), name, Optional.empty(), Optional.empty(), Optional.empty(), Map.of(), Map.of());
    }

    public CreateTenantCommand withId(TenantId id) {
        return new CreateTenantCommand(slug, name, Optional.of(id), plan, strategy, config, metadata);
    }

    public CreateTenantCommand withPlan(String plan) {
        return new CreateTenantCommand(slug, name, id, Optional.of(plan), strategy, config, metadata);
    }

    public CreateTenantCommand withStrategy(String strategy) {
        return new CreateTenantCommand(slug, name, id, plan, Optional.of(strategy), config, metadata);
    }

    public CreateTenantCommand withConfig(Map<String, Object> config) {
        return new CreateTenantCommand(slug, name, id, plan, strategy, config, metadata);
    }

    public CreateTenantCommand withMetadata(Map<String, Object> metadata) {
        return new CreateTenantCommand(slug, name, id, plan, strategy, config, metadata);
    }
}
