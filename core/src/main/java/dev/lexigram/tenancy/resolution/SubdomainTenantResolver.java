package dev.lexigram.tenancy.resolution;

import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import java.util.stream.Stream;

/**
 * Reads the tenant from the labels below a base domain: {@code acme} from {@code acme.example.com:8080}, in lower case.
 *
 * <p>Another domain, the base itself, addresses, reserved labels and too many labels say nothing; text that is no host
 * is rejected. What proxies forward counts only if the peer is a trusted one.
 */
public final class SubdomainTenantResolver implements TenantResolver {

    static final String NAME = "subdomain";

    private final String base;
    private final int maxLabels;
    private final String[] reserved;
    private final boolean idn;
    private final TrustedProxies proxies;
    private final int hops;

    /** Reads one label below this domain, from the host that the client asked for. */
    public SubdomainTenantResolver(String baseDomain) {
        this(SubdomainConfig.DEFAULTS.withPattern(baseDomain), TrustConfig.DEFAULTS);
    }

    /** @throws TenancyConfigurationException if the base domain is missing or none, or a proxy's range is none */
    public SubdomainTenantResolver(SubdomainConfig config, TrustConfig trust) {
        ResolutionChecks.require(BaseDomain.problem(config));
        this.base = BaseDomain.of(config);
        this.maxLabels = config.maxLabels();
        this.reserved = config.reserved().toArray(String[]::new);
        this.idn = config.idn();
        this.proxies = TrustedProxies.of(trust.trustedProxies());
        this.hops = trust.forwardedHops();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int priority() {
        return 30;
    }

    @Override
    public Resolution resolve(TenantResolutionContext context) {
        if (proxies.contains(context.peer())) {
            var forwarded = ForwardedHost.of(context, hops, idn);
            if (!forwarded.isUsable()) {
                return Resolution.rejected("forwarded");
            }
            if (forwarded.host() != null) {
                return read(forwarded.host());
            }
        }
        var host = context.host();
        return host.isPresent() ? read(host.get()) : Resolution.absent();
    }

    private Resolution read(String host) {
        var end = HostNames.endOfName(host, idn);
        return switch (end) {
            case HostNames.UNUSABLE -> isBlank(host) ? Resolution.absent() : Resolution.rejected("host");
            case HostNames.NAMELESS -> Resolution.absent();
            default -> idn && !IdnLabels.isAscii(host) ? readIdn(host.substring(0, end)) : readName(host, end);
        };
    }

    private static boolean isBlank(String host) {
        return host.length() <= References.MAX_HOST_LENGTH && host.isBlank();
    }

    private Resolution readIdn(String name) {
        var ascii = IdnLabels.toAscii(name);
        return ascii == null || ascii.length() > References.MAX_HOST_LENGTH
                ? Resolution.rejected("idn")
                : readName(ascii, ascii.length());
    }

    private Resolution readName(String host, int end) {
        var dot = end - base.length() - 1;
        if (dot < 1 || host.charAt(dot) != '.' || !host.regionMatches(true, dot + 1, base, 0, base.length())) {
            return Resolution.absent();
        }
        return isReservedOrTooDeep(host, dot) ? Resolution.absent() : readLabels(host.substring(0, dot));
    }

    private boolean isReservedOrTooDeep(String host, int end) {
        var labels = 0;
        for (var start = 0; start < end; ) {
            var dot = host.indexOf('.', start);
            if (++labels > maxLabels || isReserved(host, start, dot)) {
                return true;
            }
            start = dot + 1;
        }
        return false;
    }

    private boolean isReserved(String host, int start, int end) {
        for (var word : reserved) {
            if (word.length() == end - start && host.regionMatches(true, start, word, 0, word.length())) {
                return true;
            }
        }
        return false;
    }

    private Resolution readLabels(String text) {
        var labels = References.lowerCase(text);
        if (labels.contains(IdnLabels.PREFIX) && !Stream.of(labels.split("\\.")).allMatch(this::isAllowed)) {
            return Resolution.rejected("idn");
        }
        return References.isHostReference(labels) ? new Resolution.Resolved(labels) : Resolution.rejected("malformed");
    }

    private boolean isAllowed(String label) {
        return !label.startsWith(IdnLabels.PREFIX) || (idn && IdnLabels.isCanonical(label));
    }
}
