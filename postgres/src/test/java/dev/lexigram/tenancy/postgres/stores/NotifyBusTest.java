package dev.lexigram.tenancy.postgres.stores;

import dev.lexigram.tenancy.cache.BusConfig;
import dev.lexigram.tenancy.cache.InvalidationBus;
import dev.lexigram.tenancy.testkit.InvalidationBusContract;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;

@TenancyTest
class NotifyBusTest implements InvalidationBusContract {

    private static final BusConfig FAST = BusConfig.DEFAULTS.withHeartbeat(Duration.ofMillis(50));

    private TestDatabase database;

    @BeforeEach
    void use(TestDatabase database) {
        this.database = database;
    }

    @Override
    public List<InvalidationBus> buses(int nodes) {
        return IntStream.range(0, nodes)
                .<InvalidationBus>mapToObj(node -> NotifyBus.over(database.as(Role.CONTROL), FAST))
                .toList();
    }
}
