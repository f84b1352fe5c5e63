package dev.lexigram.tenancy.postgres.isolation;

import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.isolation.TransactionLimits;
import dev.lexigram.tenancy.postgres.policy.Quoted;
import dev.lexigram.tenancy.postgres.policy.SchemaName;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The statements of a binding. The tenant's id, or the token that stands for it, is always a parameter, and the only one; the
 * names of the setting and of the role have passed the grammar of {@link IsolationConfig}. Everything is qualified, so that
 * a search path cannot replace it. None returns a row or a column.
 *
 * @param bind binds a transaction, and sets its limits
 * @param renew binds again where the binding may have been lost, and raises if it is another's
 * @param check raises if the binding is not the one that was made
 */
record BindingSql(String bind, String renew, String check) {

    private static final String CHANGED = "tenancy: the binding was changed";
    private static final String WRONG_ROLE = "tenancy: the role is not assumed";
    private static final String NO_SCHEMA = "tenancy: the schema is out of reach";
    private static final String HOLDS = "1";
    private static final String INVALID_TEXT = "22P02"; // invalid_text_representation

    // The schema as one identifier, whatever the id holds: a path is read as a list. The id has no dot; a token, which
    // may
    // stand in its place, begins with it.
    private static final String QUOTED = "'\"' operator(pg_catalog.||) pg_catalog.replace('" + SchemaName.PREFIX
            + "' operator(pg_catalog.||) pg_catalog.split_part(?::pg_catalog.text, '.', 1), '\"', '\"\"')"
            + " operator(pg_catalog.||) '\"'";

    // Null, and so not true, where there is no such schema.
    private static final String REACHABLE =
            "pg_catalog.has_schema_privilege(pg_catalog.to_regnamespace(" + QUOTED + ")::pg_catalog.oid, 'usage')";

    private static final String PATH = "pg_catalog.current_setting('search_path')";

    /** Binds to the tenant's id alone. */
    static BindingSql of(IsolationConfig config) {
        var setting = config.settingName();
        var current = current(setting);
        var bound = current + " operator(pg_catalog.=) ?";
        return new BindingSql(
                "select where " + set(setting, "?", roleHolds(config)) + " is null" + limits(config),
                "select where " + lostLimits(config)
                        + set(
                                setting,
                                "?",
                                raiseUnless(lost(current) + " or " + bound, CHANGED) + " operator(pg_catalog.*) "
                                        + roleHolds(config))
                        + " is null",
                "select where " + raiseUnless("(" + bound + ") and " + role(config), CHANGED) + " is null");
    }

    /** Binds to the tenant's id and to its schema, which is looked at first: without it nothing runs. */
    static BindingSql ofSchema(IsolationConfig config) {
        var setting = config.settingName();
        var current = current(setting);
        var path = "(" + QUOTED + " operator(pg_catalog.||) '" + followers(config) + "')";
        var bound = current + " operator(pg_catalog.=) ? and " + PATH + " operator(pg_catalog.=) " + path;
        var holds = raiseUnless(REACHABLE, NO_SCHEMA) + " operator(pg_catalog.*) " + roleHolds(config);
        return new BindingSql(
                "select where " + bindToSchema(setting, path, holds) + limits(config),
                "select where " + lostLimits(config)
                        + bindToSchema(
                                setting,
                                path,
                                raiseUnless(lost(current) + " or " + bound, CHANGED) + " operator(pg_catalog.*) "
                                        + holds),
                "select where " + raiseUnless("(" + bound + ") and " + role(config), CHANGED) + " is null");
    }

    /** How many parameters this statement has: all of them are the id. */
    static int parameters(String statement) {
        return (int) statement.chars().filter(symbol -> symbol == '?').count();
    }

    /** The check, and then the commit that it guards. */
    String checkAndCommit() {
        return check + "; commit";
    }

    /** Whether one of these statements found another binding than the one that was made. */
    static boolean tellsChange(Throwable failure) {
        return raised(failure, CHANGED);
    }

    /** Whether one of these statements ran as another role than the assumed one. */
    static boolean tellsWrongRole(Throwable failure) {
        return raised(failure, WRONG_ROLE);
    }

    /** Whether one of these statements found no schema, or one that the role may not use. */
    static boolean tellsNoSchema(Throwable failure) {
        return raised(failure, NO_SCHEMA);
    }

    private static String bindToSchema(String setting, String path, String holds) {
        return set(setting, "?", holds) + " is null or " + set("search_path", path, HOLDS) + " is null";
    }

    /** What is no longer than the transaction, as the binding is, can be changed in it by SET LOCAL. */
    private static String limits(IsolationConfig config) {
        return limits(config.limits()).entrySet().stream()
                .map(limit -> " or " + set(limit.getKey(), "'" + limit.getValue() + "'", HOLDS) + " is null")
                .collect(Collectors.joining());
    }

    /** Before the binding is renewed: only where it was lost, as otherwise the transaction may have changed them. */
    private static String lostLimits(IsolationConfig config) {
        var lost = lost(current(config.settingName()));
        return limits(config.limits()).entrySet().stream()
                .map(limit -> set(
                                limit.getKey(),
                                "case when " + lost + " then '" + limit.getValue()
                                        + "' else pg_catalog.current_setting('" + limit.getKey() + "') end",
                                HOLDS)
                        + " is null or ")
                .collect(Collectors.joining());
    }

    private static Map<String, Long> limits(TransactionLimits limits) {
        var milliseconds = new TreeMap<String, Long>();
        milliseconds.put("statement_timeout", limits.statement().toMillis());
        milliseconds.put("lock_timeout", limits.lock().toMillis());
        milliseconds.put("idle_in_transaction_session_timeout", limits.idle().toMillis());
        milliseconds.values().removeIf(limit -> limit == 0);
        return milliseconds;
    }

    /** What follows the schema; pg_temp is named last, as it would be looked through first. */
    private static String followers(IsolationConfig config) {
        return config.schema()
                        .extensionSchema()
                        .map(name -> ", " + Quoted.identifier(name))
                        .orElse("")
                + ", pg_temp";
    }

    private static String role(IsolationConfig config) {
        return config.assumeRole()
                .map(name -> "current_user::pg_catalog.text operator(pg_catalog.=) '" + name + "'")
                .orElse("true");
    }

    private static String roleHolds(IsolationConfig config) {
        return raiseUnless(role(config), WRONG_ROLE);
    }

    private static String current(String setting) {
        return "pg_catalog.current_setting('" + setting + "', true)";
    }

    private static String lost(String current) {
        return current + " is null or " + current + " operator(pg_catalog.=) ''";
    }

    private static String set(String setting, String value, String holds) {
        var isLocal = holds.equals(HOLDS) ? "true" : holds + " operator(pg_catalog.=) 1";
        return "pg_catalog.set_config('" + setting + "', " + value + ", " + isLocal + ")";
    }

    // An expression can only raise by failing: the marker is no number. It is evaluated late, as the condition is not
    // constant, and its text survives every language of the server's messages.
    private static String raiseUnless(String condition, String marker) {
        return condition.equals("true")
                ? HOLDS
                : "cast(case when " + condition + " then '1' else '" + marker + "' end as pg_catalog.int4)";
    }

    private static boolean raised(Throwable failure, String marker) {
        return failure instanceof SQLException raised
                && INVALID_TEXT.equals(raised.getSQLState())
                && failure.getMessage() != null
                && failure.getMessage().contains(marker);
    }
}
