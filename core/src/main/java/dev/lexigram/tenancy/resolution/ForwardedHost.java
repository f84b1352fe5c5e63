package dev.lexigram.tenancy.resolution;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What trusted proxies say which host the client asked for: {@code Forwarded} (RFC 7239) and {@code X-Forwarded-Host}.
 *
 * <p>Each proxy appends at the right, so the value of the outermost trusted one is counted from there; what stands left
 * of it is the client's own. Too few values, or headers that disagree, are unusable.
 *
 * @param host the host, or null where the proxies name none
 * @param isUsable false where the headers contradict each other or the number of proxies
 */
record ForwardedHost(@Nullable String host, boolean isUsable) {

    private static final ForwardedHost NONE = new ForwardedHost(null, true);
    private static final ForwardedHost UNUSABLE = new ForwardedHost(null, false);

    /** Reads both headers of a call that came from a trusted proxy, {@code hops} of which stand in a row. */
    static ForwardedHost of(TenantResolutionContext context, int hops, boolean nonAsciiAllowed) {
        var standard = pick(context.headers("forwarded"), ForwardedElements::hosts, hops);
        var common = pick(context.headers("x-forwarded-host"), ForwardedHost::listed, hops);
        if (!standard.isUsable || !common.isUsable || standard.host == null) {
            return standard.isUsable ? common : UNUSABLE;
        }
        return common.host == null || agree(standard.host, common.host, nonAsciiAllowed) ? standard : UNUSABLE;
    }

    private static ForwardedHost pick(
            List<String> lines, Function<String, @Nullable List<String>> hostsOfLine, int hops) {
        var hosts = new ArrayList<String>();
        for (var line : lines) {
            if (line.length() > References.MAX_RAW_LENGTH) {
                return UNUSABLE;
            }
            if (!line.isBlank()) {
                var more = hostsOfLine.apply(line);
                if (more == null) {
                    return UNUSABLE;
                }
                hosts.addAll(more);
            }
        }
        if (hosts.stream().allMatch(String::isEmpty)) {
            return NONE;
        }
        if (hosts.size() < hops) {
            return UNUSABLE;
        }
        var host = hosts.get(hosts.size() - hops);
        return host.isEmpty() ? NONE : new ForwardedHost(host, true);
    }

    private static @Nullable List<String> listed(String line) {
        var hosts = new ArrayList<String>();
        for (var host : line.split(",", -1)) {
            var trimmed = References.trimmed(host);
            if (trimmed.isEmpty()) {
                return null;
            }
            hosts.add(trimmed);
        }
        return hosts;
    }

    /** Ports and final dots may differ, for what counts is the name. */
    private static boolean agree(String one, String other, boolean nonAsciiAllowed) {
        var end = HostNames.endOfName(one, nonAsciiAllowed);
        return end >= 0
                && end == HostNames.endOfName(other, nonAsciiAllowed)
                && one.regionMatches(true, 0, other, 0, end);
    }
}
