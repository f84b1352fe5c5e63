package dev.lexigram.tenancy.postgres.schema;

import com.zaxxer.hikari.HikariDataSource;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Connections that are opened once: a server process for each takes longer than what these tests send on it. */
public final class Kept implements AutoCloseable {

    private final Map<String, HikariDataSource> pools = new HashMap<>();

    /** Connections to the same place by the same login. */
    public DataSource of(DataSource each) {
        var source = (PGSimpleDataSource) each;
        return pools.computeIfAbsent(source.getUser() + " at " + source.getURL(), any -> pool(source));
    }

    @Override
    public void close() {
        pools.values().forEach(HikariDataSource::close);
    }

    private static HikariDataSource pool(DataSource source) {
        var pool = new HikariDataSource();
        pool.setDataSource(source);
        pool.setMinimumIdle(0);
        return pool;
    }
}
