package dev.lexigram.tenancy.postgres.stores;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.postgres.faults.Await;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.TenantActivated;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.Uuid7;
import dev.lexigram.tenancy.testkit.OutboxContract;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@TenancyTest
class SqlOutboxTest implements OutboxContract {

    private TestDatabase database;

    @BeforeEach
    void use(TestDatabase database) {
        this.database = database;
    }

    @Override
    public TenantStore emptyStore() {
        return ControlPlane.emptyStore(database);
    }

    /** The outbox goes by the database's time, so everything that it remembers is moved into the past. */
    @Override
    public void pass(TenantStore store, Duration time) {
        var past = " - interval '" + time.toMillis() + " milliseconds'";
        database.execute(
                Role.CONTROL,
                "update tenancy.outbox set created_at = created_at" + past + ", done_at = done_at" + past
                        + "; update tenancy.outbox_delivery set next_at = next_at" + past);
    }

    @Test
    void a_listener_that_comes_while_a_change_is_under_way_misses_nothing() throws Exception {
        var store = emptyStore();
        var tenant = store.save(ControlPlane.tenant("acme", "acme"), TenantStore.NEW, List.of());
        var outbox = store.outbox().orElseThrow();
        var pool = Executors.newSingleThreadExecutor();
        try (var connection = database.as(Role.CONTROL).getConnection()) {
            connection.setAutoCommit(false);
            EventWriter.append(connection, tenant.id(), List.of(activated("acme")));

            var registering = pool.submit(() -> outbox.register("late"));
            awaitLock();
            connection.commit();
            registering.get(10, TimeUnit.SECONDS);
        } finally {
            pool.shutdownNow();
        }

        assertThat(outbox.claim("late", LEASE, 1).get(0).events()).hasSize(1);
    }

    @Test
    void an_event_that_cannot_be_read_stops_its_tenant_and_no_other() {
        var store = emptyStore();
        var outbox = store.outbox().orElseThrow();
        outbox.register("mail");
        for (var id : List.of("acme", "globex")) {
            var tenant = store.save(ControlPlane.tenant(id, id), TenantStore.NEW, List.of());
            store.save(tenant, 1, List.of(activated(id), activated(id)));
        }
        database.execute(
                Role.CONTROL,
                "update tenancy.outbox set type = 'OfALaterVersion' where tenant_id = 'acme' and sequence = 2;"
                        + " delete from tenancy.outbox where tenant_id = 'globex' and sequence = 1");

        var batches = outbox.claim("mail", LEASE, 10);

        assertThat(batches)
                .filteredOn(batch -> batch.tenant().value().equals("acme"))
                .allSatisfy(batch -> {
                    assertThat(batch.events()).hasSize(1);
                    assertThat(batch.obstacle()).contains("unreadable event");
                })
                .hasSize(1);
        assertThat(batches)
                .filteredOn(batch -> batch.tenant().value().equals("globex"))
                .allSatisfy(batch -> {
                    assertThat(batch.events()).isEmpty();
                    assertThat(batch.obstacle()).contains("missing event");
                })
                .hasSize(1);
    }

    private static TenantActivated activated(String id) {
        return new TenantActivated(Uuid7.next(), TenantId.of(id), 0, Instant.now(), "test");
    }

    private void awaitLock() {
        Await.until(
                "the wait for the lock",
                () -> ControlPlane.text(
                                database,
                                "select count(*) from pg_locks where not granted and mode = 'ShareRowExclusiveLock'")
                        .equals("1"));
    }
}
