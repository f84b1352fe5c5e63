package dev.lexigram.tenancy;

import dev.lexigram.tenancy.cache.Coverage;
import dev.lexigram.tenancy.cache.Invalidation;
import dev.lexigram.tenancy.cache.InvalidationBus;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How this node hears of changes on others: over its bus, once it has one. */
final class Changes implements Coverage {

    private volatile @Nullable InvalidationBus bus;

    @Override
    public boolean covers(long since, long now) {
        var hearing = bus;
        return hearing != null && hearing.covers(since, now);
    }

    void hear(InvalidationBus bus, Consumer<Invalidation> subscriber) {
        bus.subscribe(subscriber);
        this.bus = bus;
    }

    Optional<InvalidationBus> bus() {
        return Optional.ofNullable(bus);
    }
}
