package dev.lexigram.tenancy.postgres.isolation;

import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import dev.lexigram.tenancy.tenant.Tenant;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * What the transactions of one lease are bound to: the tenant's id, nothing, or a sealed token, which is signed anew for a
 * transaction that begins in the second half of its life.
 */
final class BoundValue {

    private final @Nullable TenantSeal seal; // where the value is a token
    private final @Nullable Tenant tenant;
    private final int backend;
    private String text;
    private Instant renewal = Instant.MAX;

    private BoundValue(String text) {
        this.seal = null;
        this.tenant = null;
        this.backend = 0;
        this.text = text;
    }

    private BoundValue(TenantSeal seal, Tenant tenant, int backend) {
        this.seal = seal;
        this.tenant = tenant;
        this.backend = backend;
        this.text = signed(seal, tenant);
    }

    /** The bare id where there is no seal; the empty text stands for no tenant. */
    static BoundValue of(@Nullable TenantSeal seal, Connection borrowed, Optional<Tenant> captured)
            throws SQLException {
        if (seal == null || captured.isEmpty()) {
            return new BoundValue(captured.map(tenant -> tenant.id().value()).orElse(""));
        }
        // Told by the server when the connection was made: no round trip.
        var backend = borrowed.unwrap(PGConnection.class).getBackendPID();
        return new BoundValue(seal, captured.get(), backend);
    }

    /**
     * The seal of a configuration, if it wants one.
     *
     * @throws TenancyConfigurationException if it wants one and there is no key
     */
    static @Nullable TenantSeal seal(IsolationConfig config, @Nullable SealKeySource keys) {
        if (!config.sealed()) {
            return null;
        }
        if (keys == null) {
            throw TenancyConfigurationException.of(List.of("isolation.sealed is true, but nothing gives the key that"
                    + " signs; provide a SealKeySource, and create the key with SealKeys"));
        }
        return new TenantSeal(keys, InstantSource.system());
    }

    String text() {
        return text;
    }

    /** To be called between transactions. @return whether the text is another one now */
    boolean renew() {
        if (seal == null || tenant == null || seal.now().isBefore(renewal)) {
            return false;
        }
        text = signed(seal, tenant);
        return true;
    }

    private String signed(TenantSeal seal, Tenant tenant) {
        var now = seal.now();
        renewal = now.plus(TenantSeal.LIFETIME.dividedBy(2));
        return seal.token(tenant.id(), backend, now.plus(TenantSeal.LIFETIME));
    }
}
