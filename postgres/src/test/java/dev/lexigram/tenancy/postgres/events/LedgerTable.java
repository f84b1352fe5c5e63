package dev.lexigram.tenancy.postgres.events;

import dev.lexigram.tenancy.postgres.faults.Await;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;

/** What a consumer wrote down, compared with what was stored. */
final class LedgerTable {

    private static final String LISTENER = "app:ledger";

    private final TestDatabase database;

    private LedgerTable(TestDatabase database) {
        this.database = database;
    }

    static LedgerTable in(TestDatabase database) {
        database.execute(
                Role.SUPERUSER,
                "create table public.ledger (id bigint generated always as identity, event_id uuid not null,"
                        + " tenant_id text not null, sequence bigint not null);"
                        + " grant select, insert on public.ledger to tenancy_control");
        return new LedgerTable(database);
    }

    /** Lets the leases of nodes that were killed run out, and waits until everything is told. */
    void awaitAllTold() {
        Await.until("the end of the outbox", () -> {
            database.execute(
                    Role.CONTROL,
                    "update tenancy.outbox_delivery set next_at = now()"
                            + " where lease is not null and next_at < now() + interval '20 seconds'");
            return number("select count(*) from tenancy.outbox_delivery where delivered < stored") == 0
                    && number("select count(*) from tenancy.outbox_listeners where listener = '" + LISTENER + "'") == 1;
        });
    }

    /** Leases of nodes that were killed run out at once. */
    void expireLeases() {
        database.execute(Role.CONTROL, "update tenancy.outbox_delivery set next_at = now() where lease is not null");
    }

    long stored() {
        return number("select count(*) from tenancy.outbox");
    }

    long told() {
        return number("select count(*) from public.ledger");
    }

    long lost() {
        return number("select count(*) from tenancy.outbox o"
                + " where not exists (select from public.ledger l where l.event_id = o.event_id)");
    }

    /** How often an event came although the consumer had it; it drops these by the event's id. */
    long twice() {
        return number("select count(*) - count(distinct event_id) from public.ledger");
    }

    /** Events that came for the first time after a later one of their tenant. */
    long outOfOrder() {
        return number("select count(*) from (select sequence, max(sequence) over (partition by tenant_id order by first"
                + " rows between unbounded preceding and 1 preceding) as before from (select tenant_id, sequence,"
                + " min(id) as first from public.ledger group by tenant_id, sequence) f) g where before > sequence");
    }

    long gaps() {
        return number("select count(*) from (select max(sequence) - count(*) as missing from tenancy.outbox"
                + " group by tenant_id) g where missing <> 0");
    }

    private long number(String sql) {
        try (var connection = database.as(Role.CONTROL).getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
