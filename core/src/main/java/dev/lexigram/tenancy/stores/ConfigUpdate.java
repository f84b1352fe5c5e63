package dev.lexigram.tenancy.stores;

import dev.lexigram.tenancy.tenant.TenantConfigChanged;
import dev.lexigram.tenancy.tenant.TenantConfigException;
import dev.lexigram.tenancy.tenant.TenantConflictException;
import dev.lexigram.tenancy.tenant.TenantEvent;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.Uuid7;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Changes of one tenant's configuration of which all are stored, or none. Immutable.
 *
 * <p>What an update means is decided here, once for every provider: a provider reads, applies and stores while nobody
 * else can, and decides nothing.
 *
 * @param changes at most one for each key
 * @param limits what must hold afterwards
 * @param knownTenant whether the tenant must exist; otherwise its configuration may come first
 * @param at the time of the change
 * @param actor who changes it, as events say it; 1-255 characters without control characters
 */
public record ConfigUpdate(
        List<ConfigChange> changes, ConfigLimits limits, boolean knownTenant, Instant at, String actor) {

    /**
     * Copies the list and checks it.
     *
     * @throws TenantConfigException if a key is changed twice
     */
    public ConfigUpdate {
        changes = List.copyOf(changes);
        at = at.truncatedTo(ChronoUnit.MICROS);
        if (!isName(actor)) {
            throw new IllegalArgumentException("actor must have 1-255 characters, no control characters");
        }
        var keys = new HashMap<String, ConfigChange>();
        for (var change : changes) {
            if (keys.put(change.key(), change) != null) {
                throw TenantConfigException.refused(change.key(), "it stands twice in one update; name it once");
            }
        }
    }

    /** These changes, now, by the system, within the default limits, also for a tenant that is not there yet. */
    public static ConfigUpdate of(ConfigChange... changes) {
        return new ConfigUpdate(List.of(changes), ConfigLimits.DEFAULTS, false, Instant.now(), "system");
    }

    /**
     * What comes after: the new state and the facts that report it, in the order of the changes.
     *
     * @param before everything that is set, as it stands in the store while nobody else can change it
     * @throws TenantConflictException if a key has another version than the expected one
     * @throws TenantConfigException if a limit is passed
     */
    public Outcome applyTo(TenantId tenant, ConfigSnapshot before) {
        var entries = new HashMap<>(before.entries());
        var events = new ArrayList<TenantEvent>();
        for (var change : changes) {
            checkVersion(tenant, before, change);
            var old = before.entry(change.key()).map(ConfigEntry::value);
            if (!old.equals(change.value())) {
                put(entries, change, before.version() + 1);
                events.add(event(tenant, change, old, before.version() + 1));
            }
        }
        if (events.isEmpty()) {
            return new Outcome(before, List.of());
        }
        checkLimits(tenant, before, entries);
        return new Outcome(new ConfigSnapshot(before.version() + 1, entries), List.copyOf(events));
    }

    private static boolean isName(String actor) {
        return !actor.isBlank()
                && actor.length() <= 255
                && actor.chars().noneMatch(Character::isISOControl)
                && StandardCharsets.UTF_8.newEncoder().canEncode(actor);
    }

    private static void checkVersion(TenantId tenant, ConfigSnapshot before, ConfigChange change) {
        var expected = change.expectedVersion();
        if (expected.isPresent() && before.versionOf(change.key()) != expected.getAsLong()) {
            throw TenantConflictException.ofConfig(tenant, change.key(), expected.getAsLong());
        }
    }

    private static void put(Map<String, ConfigEntry> entries, ConfigChange change, long version) {
        change.value()
                .ifPresentOrElse(
                        value -> entries.put(change.key(), new ConfigEntry(value, version)),
                        () -> entries.remove(change.key()));
    }

    private TenantConfigChanged event(TenantId tenant, ConfigChange change, Optional<ConfigValue> old, long version) {
        return new TenantConfigChanged(
                Uuid7.next(),
                tenant,
                0,
                at,
                actor,
                change.key(),
                told(change, old),
                told(change, change.value()),
                version);
    }

    private static @Nullable Object told(ConfigChange change, Optional<ConfigValue> value) {
        if (value.isEmpty()) {
            return null;
        }
        return change.secret() ? TenantConfigChanged.MASK : value.get().value();
    }

    /** What was too large before a limit was lowered may become smaller step by step, but not larger. */
    private void checkLimits(TenantId tenant, ConfigSnapshot before, Map<String, ConfigEntry> after) {
        for (var change : changes) {
            var bytes = change.value().map(ConfigValue::bytes).orElse(0);
            if (bytes > limits.maxValueBytes()) {
                throw TenantConfigException.refused(
                        change.key(), "its value has " + bytes + " bytes and may have " + limits.maxValueBytes());
            }
        }
        if (after.size() > limits.maxKeys() && after.size() > before.entries().size()) {
            throw TenantConfigException.tooLarge(tenant, after.size() + " keys", String.valueOf(limits.maxKeys()));
        }
        var bytes = bytes(after);
        if (bytes > limits.maxTotalBytes() && bytes > bytes(before.entries())) {
            throw TenantConfigException.tooLarge(tenant, bytes + " bytes", String.valueOf(limits.maxTotalBytes()));
        }
    }

    private static long bytes(Map<String, ConfigEntry> entries) {
        var bytes = 0L;
        for (var entry : entries.entrySet()) {
            bytes += entry.getKey().length() + entry.getValue().value().bytes();
        }
        return bytes;
    }

    /**
     * What an update leads to.
     *
     * @param events one for each key that changed; none if nothing did
     */
    public record Outcome(ConfigSnapshot after, List<TenantEvent> events) {}
}
