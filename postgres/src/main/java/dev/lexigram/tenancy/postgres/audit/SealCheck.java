package dev.lexigram.tenancy.postgres.audit;

import static dev.lexigram.tenancy.postgres.audit.FindingCode.SEAL_KEYS_REACHABLE;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.SEAL_LOGGED;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** In sealed mode the role reaches no key, and the server's log gets no token. */
final class SealCheck implements Check {

    private static final String KEYS = "table tenancy.seal_keys";

    private static final String FACTS = """
            select exists (
                       select from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                       where n.nspname = 'tenancy' and c.relname = 'seal_keys'
                         and (pg_catalog.has_table_privilege(
                                 c.oid, 'select, insert, update, delete, truncate, references, trigger')
                             or pg_catalog.has_any_column_privilege(c.oid, 'select, insert, update, references')))
                       as reachable,
                   current_setting('log_parameter_max_length_on_error') <> '0'
                       or current_setting('log_parameter_max_length') <> '0'
                           and (current_setting('log_statement') <> 'none'
                               or current_setting('log_min_duration_statement') <> '-1'
                               or current_setting('log_min_duration_sample') <> '-1'
                               or current_setting('log_transaction_sample_rate') <> '0') as logged
            """;

    @Override
    public List<Finding> run(AuditSession session) throws SQLException {
        if (!session.config().sealed()) {
            return List.of();
        }
        var findings = new ArrayList<Finding>();
        try (var statement = session.connection().createStatement();
                var row = statement.executeQuery(FACTS)) {
            row.next();
            if (row.getBoolean("reachable") && !session.role().isSuperuser()) {
                findings.add(new Finding(
                        SEAL_KEYS_REACHABLE,
                        KEYS,
                        "revoke all on " + KEYS + " from " + session.role().grantees()));
            }
            if (row.getBoolean("logged")) {
                findings.add(new Finding(SEAL_LOGGED, "parameters in the log", """
                        alter system set log_parameter_max_length = 0;
                        alter system set log_parameter_max_length_on_error = 0;
                        select pg_reload_conf()"""));
            }
        }
        return findings;
    }
}
