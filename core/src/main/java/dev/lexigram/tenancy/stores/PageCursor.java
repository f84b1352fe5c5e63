package dev.lexigram.tenancy.stores;

import dev.lexigram.tenancy.tenant.InvalidTenantException;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * The place of a tenant in the order of creation: its time, then its id. For stores; callers pass the opaque text on.
 *
 * <p>It names a place and not a position, so that tenants added meanwhile neither repeat nor hide others.
 */
public record PageCursor(Instant createdAt, TenantId id) implements Comparable<PageCursor> {

    private static final int MAX_LENGTH = 128;
    private static final Pattern FORM = Pattern.compile("(-?[0-9]{1,17}):([A-Za-z0-9_-]{1,56})");
    private static final Comparator<PageCursor> ORDER =
            Comparator.comparing(PageCursor::createdAt).thenComparing(PageCursor::id);

    /** The place of this tenant. */
    public static PageCursor of(Tenant tenant) {
        return new PageCursor(tenant.createdAt(), tenant.id());
    }

    /**
     * The place that this text stands for.
     *
     * @throws InvalidTenantException if the text is not a cursor that a store has given
     */
    public static PageCursor parse(String text) {
        try {
            return decode(text);
        } catch (IllegalArgumentException | InvalidTenantException malformed) {
            throw InvalidTenantException.of("cursor", "the cursor that came with the page before, unchanged", text);
        }
    }

    private static PageCursor decode(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException();
        }
        var place = FORM.matcher(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII));
        if (!place.matches()) {
            throw new IllegalArgumentException();
        }
        var createdAt = Instant.EPOCH.plus(Long.parseLong(place.group(1)), ChronoUnit.MICROS);
        return new PageCursor(createdAt, TenantId.of(place.group(2)));
    }

    /** The opaque text: URL-safe, at most 128 characters. */
    public String text() {
        var place = ChronoUnit.MICROS.between(Instant.EPOCH, createdAt) + ":" + id;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public int compareTo(PageCursor other) {
        return ORDER.compare(this, other);
    }
}
