package dev.lexigram.tenancy.lifecycle;

import dev.lexigram.tenancy.tenant.Tenant;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks for changes of a tenant; what is not mentioned stays. Status, slug and strategy have operations of their own.
 *
 * @param clearsPlan whether the tenant is to have no plan
 * @param config replaces the whole map, and so does {@code metadata}
 * @param expectedVersion the version that the tenant must still have; empty for any
 */
public record UpdateTenantCommand(
        Optional<String> name,
        Optional<String> plan,
        boolean clearsPlan,
        Optional<Map<String, Object>> config,
        Optional<Map<String, Object>> metadata,
        OptionalLong expectedVersion) {

    /** Asks for nothing yet. */
    public UpdateTenantCommand() {
        this(Optional.empty(), Optional.empty(), false, Optional.empty(), Optional.empty(), OptionalLong.empty());
    }

    public UpdateTenantCommand withName(String name) {
        return new UpdateTenantCommand(Optional.of(name), plan, clearsPlan, config, metadata, expectedVersion);
    }

    public UpdateTenantCommand withPlan(String plan) {
        return new UpdateTenantCommand(name, Optional.of(plan), false, config, metadata, expectedVersion);
    }

    /** Takes the plan away. */
    public UpdateTenantCommand withoutPlan() {
        return new UpdateTenantCommand(name, Optional.empty(), true, config, metadata, expectedVersion);
    }

    public UpdateTenantCommand withConfig(Map<String, Object> config) {
        return new UpdateTenantCommand(name, plan, clearsPlan, Optional.of(config), metadata, expectedVersion);
    }

    public UpdateTenantCommand withMetadata(Map<String, Object> metadata) {
        return new UpdateTenantCommand(name, plan, clearsPlan, config, Optional.of(metadata), expectedVersion);
    }

    /** Refuses the change if somebody else was faster. */
    public UpdateTenantCommand withExpectedVersion(long version) {
        return new UpdateTenantCommand(name, plan, clearsPlan, config, metadata, OptionalLong.of(version));
    }

    /**
     * The tenant as it is to be.
     *
     * @throws dev.lexigram.tenancy.tenant.InvalidTenantException naming the field and the rule that it breaks
     */
    Tenant applyTo(Tenant tenant, Instant now) {
        return new Tenant(
                tenant.id(),
                tenant.slug(),
                name.orElse(tenant.name()),
                tenant.status(),
                tenant.statusReason(),
                clearsPlan ? null : plan.orElse(tenant.plan()),
                config.orElse(tenant.config()),
                metadata.orElse(tenant.metadata()),
                tenant.strategy(),
                tenant.createdAt(),
                now,
                tenant.version() + 1);
    }

    /** The names of the fields that differ. */
    static Set<String> changed(Tenant before, Tenant after) {
        var names = new TreeSet<String>();
        var fields = Map.<String, Function<Tenant, @Nullable Object>>of(
                "name", Tenant::name, "plan", Tenant::plan, "config", Tenant::config, "metadata", Tenant::metadata);
        fields.forEach((name, field) -> {
            if (!Objects.equals(field.apply(before), field.apply(after))) {
                names.add(name);
            }
        });
        return names;
    }
}
