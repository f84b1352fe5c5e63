package dev.lexigram.tenancy.postgres.audit;

import static dev.lexigram.tenancy.postgres.audit.FindingCode.CANARY_SEES_ROWS;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.FUNCTION_DOES_NOT_REFUSE;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.ROW_SECURITY_INACTIVE;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.UNBOUND_READ_SUCCEEDS;

import dev.lexigram.tenancy.postgres.policy.TableName;
import dev.lexigram.tenancy.postgres.policy.TenantPolicy;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Tries what must fail, on the connection that serves: reads with no tenant bound, before and after a binding, and reads
 * as a tenant that does not exist. It catches what the reading of definitions overlooks. Each attempt is a transaction
 * of its own and is rolled back.
 *
 * <p>The tenant that does not exist reads each of {@link ProbedTables}. With none bound some are read at once: the first
 * that has rows is refused, and of those after it nothing is learned.
 */
final class LiveProbe implements Check {

    private static final int TABLES_AT_ONCE = 10; // with more in one statement, the planner takes longer for each
    private static final String REFUSED = "42501";
    private static final String AMBIGUOUS = "42725";
    private static final String CALL = "select tenancy.require_tenant()";

    private static final String CALLABLE = """
            select exists (
                select from pg_catalog.pg_proc p
                join pg_catalog.pg_namespace n on n.oid = p.pronamespace
                where n.nspname = 'tenancy' and p.proname = 'require_tenant' and p.pronargs = 0
                  and pg_catalog.has_function_privilege(p.oid, 'execute')
                  and pg_catalog.has_schema_privilege(n.oid, 'usage'))
            """;

    // The canary finds nothing, so that a planner which expects rows early would read large tables whole.
    private static final String BIND = """
            select pg_catalog.set_config(?, ?, true),
                   pg_catalog.set_config('enable_seqscan', 'off', true), pg_catalog.set_config('jit', 'off', true)
            """;

    @Override
    public List<Finding> run(AuditSession session) throws SQLException {
        if (session.role().ignoresPolicies()) {
            return List.of(); // sees everything by nature, which is a finding of its own
        }
        var probed = ProbedTables.of(session);
        var findings = new ArrayList<Finding>();
        probed.all().stream()
                .filter(table -> !table.rowSecurity().active())
                .forEach(table -> findings.add(finding(ROW_SECURITY_INACTIVE, table.name())));
        if (!isCallable(session)) {
            return findings; // then no policy lets a row through, which is a finding of its own
        }
        callUnbound(session, findings);
        if (!new StatusCheck().run(session).isEmpty()) {
            return findings; // as well
        }
        var tables = probed.tried();
        for (var start = 0; start < tables.size(); start += TABLES_AT_ONCE) {
            var some = tables.subList(start, Math.min(start + TABLES_AT_ONCE, tables.size())).stream()
                    .map(Relation::name)
                    .toList();
            readAsCanary(session, some).forEach(table -> findings.add(finding(CANARY_SEES_ROWS, table)));
            readUnbound(session, some).forEach(table -> findings.add(finding(UNBOUND_READ_SUCCEEDS, table)));
        }
        return findings;
    }

    private static boolean isCallable(AuditSession session) throws SQLException {
        try (var statement = session.connection().createStatement();
                var row = statement.executeQuery(CALLABLE)) {
            return row.next() && row.getBoolean(1);
        }
    }

    /** Before anything was bound the setting is null, afterwards it is empty: both must be refused. */
    private static void callUnbound(AuditSession session, List<Finding> findings) throws SQLException {
        var refusedAtFirst = isRefused(session);
        bindCanary(session);
        session.connection().rollback();
        if (!refusedAtFirst || !isRefused(session)) {
            findings.add(new Finding(
                    FUNCTION_DOES_NOT_REFUSE,
                    "function tenancy.require_tenant()",
                    session.policy().createFunction()));
        }
    }

    private static boolean isRefused(AuditSession session) throws SQLException {
        session.connection().rollback();
        try (var statement = session.connection().createStatement()) {
            statement.execute(CALL);
            return false;
        } catch (SQLException failure) {
            if (AMBIGUOUS.equals(failure.getSQLState())) {
                return true; // a second function of the name, which is a finding of its own
            }
            return requireRefused(failure);
        } finally {
            session.connection().rollback();
        }
    }

    private static List<TableName> readAsCanary(AuditSession session, List<TableName> tables) throws SQLException {
        bindCanary(session);
        try {
            return withRows(session, tables);
        } catch (SQLException failure) {
            var told = String.valueOf(failure.getMessage());
            if (!told.contains(TenantPolicy.NOT_VALID) && !told.contains(TenantPolicy.NOT_SERVED)) {
                throw failure;
            }
            requireRefused(failure); // nobody's seal, nobody's status: as it must be, or the function is the wrong one
            return List.of();
        } finally {
            session.connection().rollback();
        }
    }

    private static List<TableName> readUnbound(AuditSession session, List<TableName> tables) throws SQLException {
        try {
            return withRows(session, tables);
        } catch (SQLException failure) {
            requireRefused(failure);
            return List.of();
        } finally {
            session.connection().rollback();
        }
    }

    private static void bindCanary(AuditSession session) throws SQLException {
        try (var statement = session.connection().prepareStatement(BIND)) {
            statement.setString(1, session.config().settingName());
            statement.setString(2, "canary-" + UUID.randomUUID());
            statement.execute();
        }
    }

    private static List<TableName> withRows(AuditSession session, List<TableName> tables) throws SQLException {
        var query = IntStream.range(0, tables.size())
                .mapToObj(number -> "select " + number + " where exists (select from "
                        + tables.get(number).sql() + ")")
                .collect(Collectors.joining("\nunion all "));
        var seen = new ArrayList<TableName>();
        try (var statement = session.connection().createStatement();
                var row = statement.executeQuery(query)) {
            while (row.next()) {
                seen.add(tables.get(row.getInt(1)));
            }
        }
        return seen;
    }

    private static boolean requireRefused(SQLException failure) throws SQLException {
        if (!REFUSED.equals(failure.getSQLState())) {
            throw failure;
        }
        return true;
    }

    private static Finding finding(FindingCode code, TableName table) {
        return new Finding(code, table.toString(), String.join(";\n", TenantPolicy.protect(table)));
    }
}
