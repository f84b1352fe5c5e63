package dev.lexigram.tenancy.postgres.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lexigram.tenancy.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;

/** Signs what a connection is bound to in sealed mode, in the form that {@code tenancy.require_tenant()} takes apart. */
final class TenantSeal {

    /** How long a token is valid, and so the most that a transaction may take. */
    static final Duration LIFETIME = Duration.ofHours(1);

    private final SealKeySource keys;
    private final InstantSource clock;

    TenantSeal(SealKeySource keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    /** A token of this tenant for the connection with this server process. */
    String token(TenantId tenant, int backend, Instant expiry) {
        var key = keys.signing();
        var payload = tenant.value() + '.' + backend + '.' + expiry.getEpochSecond() + '.' + key.id();
        return payload + '.' + HexFormat.of().formatHex(key.sign(payload.getBytes(UTF_8)));
    }
}
