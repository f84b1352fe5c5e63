package dev.lexigram.tenancy.lifecycle;

import dev.lexigram.tenancy.isolation.DeprovisionPolicy;
import dev.lexigram.tenancy.isolation.ErasedResource;
import dev.lexigram.tenancy.tenant.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An erase report as it stands in the journal: texts and numbers. */
final class EraseRecord {

    private EraseRecord() {}

    static Map<String, Object> ofStep(List<ErasedResource> found) {
        return Map.of("resources", found.stream().map(EraseRecord::map).toList());
    }

    static Map<String, Object> outcome(HeldRun held, DeprovisionPolicy policy, String actor, Instant now) {
        var resources = new ArrayList<Object>();
        held.found().values().forEach(step -> resources.addAll((List<?>) step.getOrDefault("resources", List.of())));
        var outcome = new LinkedHashMap<String, Object>();
        outcome.put("policy", policy.wireName());
        outcome.put("actor", actor);
        outcome.put("finishedAt", now.toString());
        outcome.put("attempts", held.run().fence());
        var reason = held.tenant().statusReason();
        if (reason != null) {
            outcome.put("reason", reason);
        }
        outcome.put("resources", resources);
        return outcome;
    }

    static EraseReport report(TenantId id, Map<String, Object> outcome) {
        var resources = new ArrayList<ErasedResource>();
        ((List<?>) outcome.getOrDefault("resources", List.of()))
                .forEach(resource -> resources.add(resource((Map<?, ?>) resource)));
        return new EraseReport(
                id,
                DeprovisionPolicy.fromWireName((String) outcome.getOrDefault("policy", "")),
                (String) outcome.getOrDefault("actor", ""),
                Instant.parse((String) outcome.getOrDefault("finishedAt", "")),
                number(outcome.get("attempts")),
                Optional.ofNullable((String) outcome.get("reason")),
                resources);
    }

    private static Map<String, Object> map(ErasedResource resource) {
        return Map.of(
                "name", resource.name(),
                "found", resource.found(),
                "removed", resource.removed(),
                "left", resource.left());
    }

    private static ErasedResource resource(Map<?, ?> map) {
        return new ErasedResource(
                String.valueOf(map.get("name")),
                number(map.get("found")),
                number(map.get("removed")),
                number(map.get("left")));
    }

    private static long number(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }
}
