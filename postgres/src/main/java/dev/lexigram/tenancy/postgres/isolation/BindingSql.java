package dev.lexigram.tenancy.postgres.isolation;

import dev.lexigram.tenancy.isolation.IsolationConfig;
import java.sql.SQLException;

/**
 * The statements of a binding. The tenant's id is always a parameter; the names of the setting and of the role have
 * passed the grammar of {@link IsolationConfig}. Everything is qualified, so that a search path cannot replace it.
 * None returns a row or a column.
 *
 * @param bind binds a transaction; parameters: id
 * @param renew binds again where the binding may have been lost, and raises if it is another's; parameters: id, id
 * @param check raises if the binding is not the one that was made; parameters: id
 */
record BindingSql(String bind, String renew, String check) {

    private static final String CHANGED = "tenancy: the binding was changed";
    private static final String WRONG_ROLE = "tenancy: the role is not assumed";
    private static final String HOLDS = "1";
    private static final String INVALID_TEXT = "22P02"; // invalid_text_representation

    static BindingSql of(IsolationConfig config) {
        var setting = config.settingName();
        var current = "pg_catalog.current_setting('" + setting + "', true)";
        var role = config.assumeRole()
                .map(name -> "current_user::pg_catalog.text operator(pg_catalog.=) '" + name + "'")
                .orElse("true");
        var roleHolds = raiseUnless(role, WRONG_ROLE);
        var bound = current + " operator(pg_catalog.=) ?";
        var lost = current + " is null or " + current + " operator(pg_catalog.=) ''";
        return new BindingSql(
                setConfig(setting, roleHolds),
                setConfig(
                        setting, raiseUnless(lost + " or " + bound, CHANGED) + " operator(pg_catalog.*) " + roleHolds),
                "select where " + raiseUnless("(" + bound + ") and " + role, CHANGED) + " is null");
    }

    /** Whether one of these statements found another binding than the one that was made. */
    static boolean tellsChange(Throwable failure) {
        return raised(failure, CHANGED);
    }

    /** Whether one of these statements ran as another role than the assumed one. */
    static boolean tellsWrongRole(Throwable failure) {
        return raised(failure, WRONG_ROLE);
    }

    private static String setConfig(String setting, String holds) {
        var isLocal = holds.equals(HOLDS) ? "true" : holds + " operator(pg_catalog.=) 1";
        return "select where pg_catalog.set_config('" + setting + "', ?, " + isLocal + ") is null";
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
