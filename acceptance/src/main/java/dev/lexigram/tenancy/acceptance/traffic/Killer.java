package dev.lexigram.tenancy.acceptance.traffic;

import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Cuts a connection of the service, chosen at random, eight times a second: rather one that is at work. Now and then it
 * only cancels what the connection does, so that it goes back to the pool after an error.
 */
final class Killer implements AutoCloseable {

    private static final int PAUSE_MILLIS = 125;

    private static final String CHOOSE = """
            with victim as (
                select pid, row_number() over (order by pid) - 1 as place, count(*) over () as victims
                from pg_stat_activity
                where datname = current_database() and usename in ('tenancy_app', 'tenancy_control')
                  and (state <> 'idle' or not :working))
            select %s(pid) from victim where place = :number %% victims""";

    private final JdbcClient superuser;
    private final Random random;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger kills = new AtomicInteger();
    private final AtomicInteger cancels = new AtomicInteger();

    private Killer(TestDatabase database, Random random) {
        this.superuser = JdbcClient.create(database.as(Role.SUPERUSER));
        this.random = random;
    }

    static Killer of(TestDatabase database, long seed) {
        var killer = new Killer(database, new Random(seed));
        killer.thread.scheduleWithFixedDelay(killer::strike, PAUSE_MILLIS, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        return killer;
    }

    int kills() {
        return kills.get();
    }

    int cancels() {
        return cancels.get();
    }

    /** Returns when the last strike is over. */
    @Override
    public void close() throws InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("The killer does not stop");
        }
    }

    private void strike() {
        var cancelsOnly = random.nextInt(4) == 0;
        var hit = superuser
                .sql(CHOOSE.formatted(cancelsOnly ? "pg_cancel_backend" : "pg_terminate_backend"))
                .param("working", random.nextInt(4) > 0)
                .param("number", random.nextInt(Integer.MAX_VALUE))
                .query(Boolean.class)
                .optional()
                .orElse(false);
        if (hit) {
            (cancelsOnly ? cancels : kills).incrementAndGet();
        }
    }
}
