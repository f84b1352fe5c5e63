package dev.lexigram.tenancy.resolution;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The peers that may speak for a client: address ranges, compared by number and without any look-up. Immutable. */
final class TrustedProxies {

    private final List<AddressRange> ranges;

    private TrustedProxies(List<AddressRange> ranges) {
        this.ranges = ranges;
    }

    /** Of ranges in CIDR notation; the configuration's check has refused those that are not. */
    static TrustedProxies of(List<String> ranges) {
        ranges.forEach(range -> ResolutionChecks.require(problem(range)));
        return new TrustedProxies(ranges.stream()
                .map(AddressRange::parse)
                .filter(Objects::nonNull)
                .toList());
    }

    boolean contains(Optional<String> peer) {
        if (ranges.isEmpty() || peer.isEmpty()) {
            return false;
        }
        var address = IpAddress.parse(peer.get());
        if (address == null) {
            return false;
        }
        for (var range : ranges) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }

    static Optional<String> problem(String text) {
        var range = AddressRange.parse(text);
        if (range == null) {
            return Optional.of("resolution.trusted_proxies has '" + text
                    + "', which is no address range; write it as 10.0.0.0/8 or 2001:db8::/32, its host bits zero");
        }
        return range.isEverything()
                ? Optional.of("resolution.trusted_proxies has '" + text
                        + "', which trusts every client; name the addresses of your proxies")
                : Optional.empty();
    }
}
