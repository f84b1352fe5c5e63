package dev.lexigram.tenancy.lifecycle;

import dev.lexigram.tenancy.tenant.InvalidTenantException;
import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.TenantId;
import java.util.Map;
import java.util.Optional;

/**
 * Asks for a new tenant.
 *
 * @param id the tenant's id; empty for a generated one
 * @param strategy name of the isolation strategy; empty for the configured default
 * @param idempotencyKey names this request, so that asking again with the same key has the same result
 */
public record CreateTenantCommand(
        Slug slug,
        String name,
        Optional<TenantId> id,
        Optional<String> plan,
        Optional<String> strategy,
        Map<String, Object> config,
        Map<String, Object> metadata,
        Optional<String> idempotencyKey) {

    private static final int MAX_KEY_LENGTH = 255;

    /** @throws InvalidTenantException if the key is no line of 1 to 255 visible ASCII characters */
    public CreateTenantCommand {
        if (idempotencyKey.filter(key -> !isKey(key)).isPresent()) {
            throw InvalidTenantException.of("idempotency key", "1-255 visible ASCII characters", idempotencyKey.get());
        }
    }

    /**
     * Asks for a tenant with this slug and name.
     *
     * @throws dev.lexigram.tenancy.tenant.InvalidTenantException if the text is no slug
     */
    public CreateTenantCommand(String slug, String name) {
        this(
                Slug.of(slug),
                name,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                Optional.empty());
    }

    public CreateTenantCommand withId(TenantId id) {
        return new CreateTenantCommand(slug, name, Optional.of(id), plan, strategy, config, metadata, idempotencyKey);
    }

    public CreateTenantCommand withPlan(String plan) {
        return new CreateTenantCommand(slug, name, id, Optional.of(plan), strategy, config, metadata, idempotencyKey);
    }

    public CreateTenantCommand withStrategy(String strategy) {
        return new CreateTenantCommand(slug, name, id, plan, Optional.of(strategy), config, metadata, idempotencyKey);
    }

    public CreateTenantCommand withConfig(Map<String, Object> config) {
        return new CreateTenantCommand(slug, name, id, plan, strategy, config, metadata, idempotencyKey);
    }

    public CreateTenantCommand withMetadata(Map<String, Object> metadata) {
        return new CreateTenantCommand(slug, name, id, plan, strategy, config, metadata, idempotencyKey);
    }

    /** Lets the request be repeated: choose a new random key for each new request. */
    public CreateTenantCommand withIdempotencyKey(String idempotencyKey) {
        return new CreateTenantCommand(slug, name, id, plan, strategy, config, metadata, Optional.of(idempotencyKey));
    }

    private static boolean isKey(String key) {
        return !key.isEmpty()
                && key.length() <= MAX_KEY_LENGTH
                && key.chars().allMatch(character -> character > ' ' && character < 127);
    }
}
