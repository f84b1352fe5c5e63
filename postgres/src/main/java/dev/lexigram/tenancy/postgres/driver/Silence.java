package dev.lexigram.tenancy.postgres.driver;

import java.sql.SQLWarning;
import org.postgresql.core.ResultHandlerBase;

/** For statements whose results nobody waits for: failures are raised, the rest is dropped. */
final class Silence extends ResultHandlerBase {

    @Override
    public void handleWarning(SQLWarning warning) {}
}
