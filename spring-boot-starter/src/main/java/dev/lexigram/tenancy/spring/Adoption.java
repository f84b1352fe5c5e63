package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.isolation.AdoptionMode;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.isolation.WouldBeRefusal;
import dev.lexigram.tenancy.postgres.isolation.WouldBeRefusals;
import java.util.LinkedHashMap;
import java.util.Map;

/** What health and information tell while an application is adopted; nothing that a client has sent is among it. */
record Adoption(IsolationConfig config, WouldBeRefusals refusals) {

    private static final int LATEST = 10;

    /** Empty once isolation is enforced. */
    Map<String, Object> details() {
        if (config.adoption() != AdoptionMode.REPORT) {
            return Map.of();
        }
        var entries = refusals.entries();
        var details = new LinkedHashMap<String, Object>();
        details.put("adoption", "report");
        details.put("wouldBeRefused", refusals.total());
        details.put("places", entries.size());
        details.put("latest", entries.stream().limit(LATEST).map(Adoption::line).toList());
        return details;
    }

    private static String line(WouldBeRefusal refusal) {
        var where = refusal.table().isEmpty() ? "" : " in " + refusal.table();
        return refusal.kind().meaning() + where + " at " + refusal.location();
    }
}
