package dev.lexigram.tenancy.cache;

import dev.lexigram.tenancy.tenant.TenantId;
import java.util.Optional;
import java.util.regex.Pattern;

/** News that something of a tenant changed, without saying what it is now. */
public sealed interface Invalidation {

    TenantId tenant();

    /** What goes over the wire: a letter, the tenant and what else there is, between single spaces. */
    String text();

    /**
     * The tenant itself: its status, names, plan.
     *
     * @param version the version that it has now
     */
    record TenantChanged(TenantId tenant, long version) implements Invalidation {
        @Override
        public String text() {
            return "t " + tenant.value() + " " + version;
        }
    }

    /**
     * What the tenant overrides of the configuration.
     *
     * @param version the version of its configuration now
     */
    record ConfigChanged(TenantId tenant, long version) implements Invalidation {
        @Override
        public String text() {
            return "c " + tenant.value() + " " + version;
        }
    }

    /** Whether the principal of this name is a member of the tenant. */
    record MemberChanged(TenantId tenant, String principal) implements Invalidation {
        @Override
        public String text() {
            return "m " + tenant.value() + " " + principal;
        }
    }

    /** What a text says; empty if it says nothing that this version knows, as a newer node or a stranger may send. */
    static Optional<Invalidation> parse(String text) {
        var parts = text.length() > Texts.MAX_LENGTH ? new String[0] : text.split(" ", 3);
        if (parts.length != 3 || parts[2].isEmpty()) {
            return Optional.empty();
        }
        var rest = parts[2];
        return TenantId.parse(parts[1]).flatMap(tenant -> switch (parts[0]) {
            case "t" -> Texts.version(rest).map(version -> new TenantChanged(tenant, version));
            case "c" -> Texts.version(rest).map(version -> new ConfigChanged(tenant, version));
            case "m" -> Optional.of(new MemberChanged(tenant, rest));
            default -> Optional.empty();
        });
    }

    /** The parts of a message. */
    final class Texts {

        static final int MAX_LENGTH = 2000;
        private static final Pattern VERSION = Pattern.compile("[0-9]{1,18}");

        private Texts() {}

        static Optional<Long> version(String text) {
            return VERSION.matcher(text).matches() ? Optional.of(Long.parseLong(text)) : Optional.empty();
        }
    }
}
