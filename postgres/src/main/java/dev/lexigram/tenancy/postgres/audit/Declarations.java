package dev.lexigram.tenancy.postgres.audit;

import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.policy.TableName;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the configuration says of tables. The tables of well-known tools count as system tables in any schema; they are
 * named one by one, because a pattern such as {@code batch_*} would let a tenant's table pass as one of them.
 */
final class Declarations {

    private static final List<String> KNOWN_SYSTEM = List.of(
            "flyway_schema_history",
            "databasechangelog",
            "databasechangeloglock",
            "spring_session",
            "spring_session_attributes",
            "batch_job_instance",
            "batch_job_execution",
            "batch_job_execution_params",
            "batch_job_execution_context",
            "batch_step_execution",
            "batch_step_execution_context",
            "qrtz_job_details",
            "qrtz_triggers",
            "qrtz_simple_triggers",
            "qrtz_cron_triggers",
            "qrtz_simprop_triggers",
            "qrtz_blob_triggers",
            "qrtz_calendars",
            "qrtz_paused_trigger_grps",
            "qrtz_fired_triggers",
            "qrtz_scheduler_state",
            "qrtz_locks",
            "shedlock",
            "event_publication",
            "event_publication_archive");

    private final List<TablePattern> tenant;
    private final List<TablePattern> common;
    private final List<TablePattern> definers;

    private Declarations(List<TablePattern> tenant, List<TablePattern> common, List<TablePattern> definers) {
        this.tenant = tenant;
        this.common = common;
        this.definers = definers;
    }

    static Declarations of(IsolationConfig config) {
        var known = KNOWN_SYSTEM.stream().map(table -> "*." + table);
        return new Declarations(
                config.tenantTables().stream().map(TablePattern::of).toList(),
                Stream.of(config.sharedTables().stream(), config.systemTables().stream(), known)
                        .flatMap(patterns -> patterns)
                        .map(TablePattern::of)
                        .toList(),
                config.definerFunctions().stream().map(TablePattern::of).toList());
    }

    /** The patterns of the tables of well-known tools. */
    static List<String> knownSystem() {
        return KNOWN_SYSTEM.stream().map(table -> "*." + table).toList();
    }

    List<TablePattern> tenantPatterns() {
        return tenant;
    }

    /** Whether the table is declared to hold tenants' rows; this wins over every other declaration. */
    boolean isTenant(TableName table) {
        return tenant.stream().anyMatch(pattern -> pattern.matches(table));
    }

    /** Whether the table is declared shared or system, and not a tenant's. */
    boolean isCommon(TableName table) {
        return !isTenant(table) && common.stream().anyMatch(pattern -> pattern.matches(table));
    }

    /** Whether the function may work with rights that no policy confines. */
    boolean isDefiner(TableName function) {
        return definers.stream().anyMatch(pattern -> pattern.matches(function));
    }
}
