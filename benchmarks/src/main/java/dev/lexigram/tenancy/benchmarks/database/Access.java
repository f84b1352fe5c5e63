package dev.lexigram.tenancy.benchmarks.database;

import com.zaxxer.hikari.HikariDataSource;
import dev.lexigram.tenancy.context.TenantContext;
import javax.sql.DataSource;

/**
 * A contender that is open.
 *
 * @param schema where its tables are; empty for what the search path says
 * @param byHand whether the application names the tenant in each statement, or else is bound to it
 * @param dataSource what the application uses
 * @param pool what is behind it
 */
record Access(String schema, boolean byHand, DataSource dataSource, HikariDataSource pool) implements AutoCloseable {

    /** Does the work at this place as an application would: in the tenant's context, or with none if there is none. */
    void perform(Work work, Rows.Place place) throws Exception {
        if (byHand) {
            work.perform(place);
        } else {
            TenantContext.runAs(place.tenant(), () -> work.perform(place));
        }
    }

    /** The name of a table in SQL. */
    String table(String name) {
        return schema.isEmpty() ? name : schema + "." + name;
    }

    @Override
    public void close() {
        pool.close();
    }
}
