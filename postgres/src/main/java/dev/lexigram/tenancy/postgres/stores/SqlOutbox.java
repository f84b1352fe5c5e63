package dev.lexigram.tenancy.postgres.stores;

import dev.lexigram.tenancy.stores.Outbox;
import dev.lexigram.tenancy.stores.OutboxBatch;
import dev.lexigram.tenancy.stores.OutboxState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The outbox in PostgreSQL; every time in it is the database's.
 *
 * <p>It uses one connection at a time, however many listeners there are, so that requests are not kept from theirs.
 */
final class SqlOutbox implements Outbox {

    private static final String IS_REGISTERED = "select from tenancy.outbox_listeners where listener = ?";

    // Waits for every change under way, and lets none begin: each then either sees the listener or is seen here.
    private static final String LOCK = "lock table tenancy.outbox in share row exclusive mode";

    private static final String REGISTER =
            "insert into tenancy.outbox_listeners (listener) values (?) on conflict do nothing";

    private static final String OPEN_LANES = """
            insert into tenancy.outbox_delivery (listener, tenant_id, delivered, stored)
            select ?, tenant_id, min(sequence) - 1, max(sequence) from tenancy.outbox group by tenant_id
            on conflict do nothing
            """;

    private static final String UNREGISTER = "delete from tenancy.outbox_listeners where listener = ?";

    private static final String DELIVERED = """
            update tenancy.outbox_delivery
            set delivered = ?, attempts = ?, lease = null, next_at = clock_timestamp(), cause = null
            where listener = ? and tenant_id = ? and lease = ?
            """;

    private static final String FAILED = """
            update tenancy.outbox_delivery
            set delivered = ?, attempts = ?, lease = null,
                next_at = clock_timestamp() + ? * interval '1 millisecond', cause = ?
            where listener = ? and tenant_id = ? and lease = ?
            """;

    private static final String PARK = """
            update tenancy.outbox_delivery
            set delivered = ?, attempts = ?, lease = null, parked_at = clock_timestamp(), cause = ?
            where listener = ? and tenant_id = ? and lease = ?
            """;

    private static final String UNPARK = """
            update tenancy.outbox_delivery
            set delivered = delivered + ?, attempts = 0, parked_at = null, cause = null, next_at = clock_timestamp()
            where listener = ? and parked_at is not null
            """;

    private static final String STATE = """
            select count(*) filter (where d.parked_at is null), count(d.parked_at),
                   coalesce(extract(epoch from clock_timestamp()
                       - min(o.created_at) filter (where d.parked_at is null)) * 1000, 0)::bigint
            from tenancy.outbox_delivery d
            left join tenancy.outbox o on o.tenant_id = d.tenant_id and o.sequence = d.delivered + 1
            where d.listener = any (?) and d.delivered < d.stored
            """;

    private static final String DROP =
            "delete from tenancy.outbox where done_at < clock_timestamp() - ? * interval '1 millisecond'";

    private static final String MARK = """
            update tenancy.outbox o set done_at = clock_timestamp()
            where o.done_at is null and not exists (
                select from tenancy.outbox_delivery d where d.tenant_id = o.tenant_id and d.delivered < o.sequence)
            """;

    private final ControlPlaneDatabase database;
    private final ReentrantLock turn = new ReentrantLock();

    SqlOutbox(ControlPlaneDatabase database) {
        this.database = database;
    }

    @Override
    public void register(String listener) {
        inTurn(() -> database.write(connection -> {
            if (!isRegistered(connection, listener)) {
                execute(connection, LOCK);
                execute(connection, REGISTER, listener);
                execute(connection, OPEN_LANES, listener);
            }
            return true;
        }));
    }

    @Override
    public void unregister(String listener) {
        inTurn(() -> database.write(connection -> execute(connection, UNREGISTER, listener)));
    }

    @Override
    public List<OutboxBatch> claim(String listener, Duration lease, int lanes) {
        return inTurn(() -> database.write(connection -> new OutboxClaim(connection, listener).take(lease, lanes)));
    }

    @Override
    public boolean delivered(OutboxBatch batch, long through) {
        var attempts = through > batch.delivered() ? 0 : batch.attempts();
        return settle(DELIVERED, batch, through, attempts);
    }

    @Override
    public boolean failed(OutboxBatch batch, long through, Duration after, String cause) {
        return settle(FAILED, batch, through, failures(batch, through), after.toMillis(), cause);
    }

    @Override
    public boolean park(OutboxBatch batch, long through, String cause) {
        return settle(PARK, batch, through, failures(batch, through), cause);
    }

    @Override
    public int retry(String listener) {
        return inTurn(() -> database.write(connection -> execute(connection, UNPARK, 0, listener)));
    }

    @Override
    public int skip(String listener) {
        return inTurn(() -> database.write(connection -> execute(connection, UNPARK, 1, listener)));
    }

    @Override
    public OutboxState state(Collection<String> listeners) {
        return inTurn(() -> database.read(connection -> state(connection, listeners)));
    }

    @Override
    public int clean(Duration kept) {
        return inTurn(() -> database.write(connection -> {
            execute(connection, MARK);
            return execute(connection, DROP, kept.toMillis());
        }));
    }

    private static int failures(OutboxBatch batch, long through) {
        return through > batch.delivered() ? 1 : batch.attempts() + 1;
    }

    private boolean settle(String sql, OutboxBatch batch, Object... values) {
        var all = new Object[values.length + 3];
        System.arraycopy(values, 0, all, 0, values.length);
        all[values.length] = batch.listener();
        all[values.length + 1] = batch.tenant().value();
        all[values.length + 2] = batch.lease();
        return inTurn(() -> database.write(connection -> execute(connection, sql, all))) > 0;
    }

    private static OutboxState state(Connection connection, Collection<String> listeners) throws SQLException {
        var names = connection.createArrayOf("text", listeners.toArray());
        try (var statement = connection.prepareStatement(STATE)) {
            statement.setArray(1, names);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return new OutboxState(rows.getLong(1), rows.getLong(2), Duration.ofMillis(rows.getLong(3)));
            }
        }
    }

    private static boolean isRegistered(Connection connection, String listener) throws SQLException {
        try (var statement = connection.prepareStatement(IS_REGISTERED)) {
            statement.setString(1, listener);
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static int execute(Connection connection, String sql, Object... values) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (var index = 0; index < values.length; index++) {
                statement.setObject(index + 1, values[index]);
            }
            statement.execute();
            return Math.max(0, statement.getUpdateCount());
        }
    }

    private <T> T inTurn(Supplier<T> work) {
        turn.lock();
        try {
            return work.get();
        } finally {
            turn.unlock();
        }
    }
}
