package dev.lexigram.tenancy.postgres.isolation;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Metadata and arrays: they execute nothing but the driver's catalogue queries, and lead back to the connection. */
final class DelegatingHandler extends JdbcHandler {

    DelegatingHandler(Object target, JdbcProxies proxies) {
        super(target, proxies);
    }

    @Override
    @Nullable
    Object handle(JdbcCall call) throws SQLException {
        return delegate(call);
    }
}
