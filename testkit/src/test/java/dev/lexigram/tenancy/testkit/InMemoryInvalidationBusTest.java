package dev.lexigram.tenancy.testkit;

import dev.lexigram.tenancy.cache.InMemoryInvalidationBus;
import dev.lexigram.tenancy.cache.InvalidationBus;
import java.util.Collections;
import java.util.List;

class InMemoryInvalidationBusTest implements InvalidationBusContract {

    @Override
    public List<InvalidationBus> buses(int nodes) {
        return Collections.nCopies(nodes, new InMemoryInvalidationBus());
    }
}
