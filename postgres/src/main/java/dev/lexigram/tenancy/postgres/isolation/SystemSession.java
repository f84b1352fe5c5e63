package dev.lexigram.tenancy.postgres.isolation;

import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A transaction over all tenants that only reads, and is over when its time is: the connection is closed under whoever still
 * uses it.
 */
final class SystemSession implements AutoCloseable {

    private static final String RIGHTS = """
            select r.rolsuper, r.rolsuper or r.rolbypassrls as sees_all,
                   coalesce((select string_agg(distinct m.roleid::regrole::text, ', ')
                             from pg_catalog.pg_auth_members m
                             where m.member = r.oid and m.roleid <> 'pg_read_all_data'::regrole), '') as member_of,
                   coalesce((select c.oid::regclass::text
                             from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                             where c.relkind in ('r', 'p', 'v', 'f', 'm')
                               and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
                               and (pg_catalog.has_table_privilege(c.oid, 'insert, update, delete, truncate')
                                    or pg_catalog.pg_get_userbyid(c.relowner) = current_user)
                             limit 1), '') as writes
            from pg_catalog.pg_roles r where r.rolname = current_user
            """;

    private static final ScheduledExecutorService CLOCK = clock();

    private final Connection connection;
    private final Future<?> expiry;
    private volatile boolean expired;

    SystemSession(Connection connection, Duration limit) {
        this.connection = connection;
        this.expiry = CLOCK.schedule(this::expire, limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    <T> T read(SystemScope.Work<T> work) throws SQLException {
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        checkRights();
        var result = work.on(connection);
        if (expired) {
            throw new SQLException("The time of this scope is over", "57014"); // query_canceled
        }
        return result;
    }

    boolean isExpired() {
        return expired;
    }

    @Override
    public void close() throws SQLException {
        expiry.cancel(false);
        if (expired) {
            Eviction.giveBack(connection);
            return;
        }
        var clean = false;
        try {
            connection.rollback();
            connection.setReadOnly(false);
            connection.setAutoCommit(true);
            clean = true;
        } finally {
            if (clean) {
                connection.close();
            } else {
                Eviction.of(connection);
            }
        }
    }

    private void expire() {
        expired = true;
        Eviction.abort(connection);
    }

    private void checkRights() throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(RIGHTS)) {
            row.next();
            if (row.getBoolean("rolsuper")) {
                throw refused("is a superuser; create tenancy_admin with roles.sql and log in as that");
            }
            if (!row.getBoolean("sees_all")) {
                throw refused("does not see all rows: alter role .. bypassrls, as a superuser");
            }
            if (!row.getString("member_of").isEmpty()) {
                throw refused("is a member of " + row.getString("member_of") + "; revoke that");
            }
            if (!row.getString("writes").isEmpty()) {
                throw refused("owns or may change " + row.getString("writes")
                        + "; revoke insert, update, delete, truncate on all tables from it");
            }
        }
    }

    private static TenancyConfigurationException refused(String what) {
        return TenancyConfigurationException.of(
                List.of("the login of system_scope must read all rows and change none, and it " + what));
    }

    /** A thread that is there while a scope is open, and a little longer. */
    private static ScheduledExecutorService clock() {
        var clock = new ScheduledThreadPoolExecutor(1, task -> {
            var thread = new Thread(task, "tenancy-system-scope");
            thread.setDaemon(true);
            return thread;
        });
        clock.setKeepAliveTime(1, TimeUnit.SECONDS);
        clock.allowCoreThreadTimeOut(true);
        clock.setRemoveOnCancelPolicy(true);
        return clock;
    }
}
