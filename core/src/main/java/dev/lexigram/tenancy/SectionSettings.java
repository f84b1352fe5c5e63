package dev.lexigram.tenancy;

import static dev.lexigram.tenancy.ListTypes.listOf;

import dev.lexigram.tenancy.Setting.Section;
import dev.lexigram.tenancy.cache.BusConfig;
import dev.lexigram.tenancy.cache.BusType;
import dev.lexigram.tenancy.cache.CacheConfig;
import dev.lexigram.tenancy.enforcement.MembershipConfig;
import dev.lexigram.tenancy.enforcement.MembershipSource;
import dev.lexigram.tenancy.isolation.AdoptionMode;
import dev.lexigram.tenancy.isolation.AuditMode;
import dev.lexigram.tenancy.isolation.BinderChoice;
import dev.lexigram.tenancy.isolation.DeprovisionPolicy;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.isolation.SchemaConfig;
import dev.lexigram.tenancy.lifecycle.LifecycleConfig;
import dev.lexigram.tenancy.overrides.OverridesConfig;
import java.time.Duration;
import java.util.List;

/** The keys of every section but {@code resolution} and those about connections. */
final class SectionSettings {

    private static final Section<WebConfig> WEB = new Section<>("web", TenancyConfig::web, TenancyConfig::withWeb);
    private static final Section<MembershipConfig> MEMBERSHIP =
            new Section<>("membership", TenancyConfig::membership, TenancyConfig::withMembership);
    private static final Section<LifecycleConfig> LIFECYCLE =
            new Section<>("lifecycle", TenancyConfig::lifecycle, TenancyConfig::withLifecycle);
    private static final Section<OverridesConfig> OVERRIDES =
            new Section<>("overrides", TenancyConfig::overrides, TenancyConfig::withOverrides);
    private static final Section<IntegrationConfig> INTEGRATION =
            new Section<>("integration", TenancyConfig::integration, TenancyConfig::withIntegration);
    private static final Section<IsolationConfig> ISOLATION =
            new Section<>("isolation", TenancyConfig::isolation, TenancyConfig::withIsolation);
    private static final Section<CacheConfig> CACHE =
            new Section<>("cache", TenancyConfig::cache, TenancyConfig::withCache);
    private static final Section<BusConfig> BUS = new Section<>("bus", TenancyConfig::bus, TenancyConfig::withBus);

    private static final ValueType<List<String>> TABLES = listOf("a pattern of table names", Forms.LINE);

    static final List<Setting<?>> ALL = List.of(
            new Setting<>(
                    "enabled",
                    ValueType.bool(),
                    "Whether the library takes part at all.",
                    TenancyConfig::enabled,
                    TenancyConfig::withEnabled),
            WEB.setting(
                    "filter_order",
                    ValueType.wholeNumber(Integer.MIN_VALUE, Integer.MAX_VALUE),
                    WebConfig::filterOrder,
                    WebConfig::withFilterOrder,
                    "Where the filter stands among the others; Spring Security stands at -100."),
            CACHE.setting(
                    "shared",
                    listOf("the name of a cache", Forms.LINE),
                    CacheConfig::shared,
                    (it, names) -> it.withShared(names.toArray(String[]::new)),
                    "Caches whose content is the same for all tenants; all others are kept by tenant."),
            MEMBERSHIP.setting(
                    "source",
                    ValueType.oneOf(List.of(MembershipSource.values())),
                    MembershipConfig::source,
                    MembershipConfig::withSource,
                    "Who says which caller belongs to which tenant."),
            MEMBERSHIP.setting(
                    "claim",
                    ValueType.text("the name of a claim (1 to 128 characters), or a JSON pointer to it", Forms.CLAIM),
                    MembershipConfig::claim,
                    MembershipConfig::withClaim,
                    "The claim that lists the caller's tenants, for the source claim."),
            MEMBERSHIP.setting(
                    "cache_ttl",
                    ValueType.duration(Duration.ZERO),
                    MembershipConfig::cacheTtl,
                    MembershipConfig::withCacheTtl,
                    "How long an answer is remembered; 0 for not at all."),
            MEMBERSHIP.setting(
                    "cache_size",
                    ValueType.wholeNumber(0, Integer.MAX_VALUE),
                    MembershipConfig::cacheSize,
                    MembershipConfig::withCacheSize,
                    "How many answers are remembered; 0 for none."),
            LIFECYCLE.setting(
                    "isolation_strategy",
                    ValueType.text("the name of an isolation strategy such as row_level", Forms.NAME),
                    LifecycleConfig::isolationStrategy,
                    LifecycleConfig::withIsolationStrategy,
                    "The isolation strategy of new tenants."),
            LIFECYCLE.setting(
                    "auto_provision_isolation",
                    ValueType.bool(),
                    LifecycleConfig::autoProvisionIsolation,
                    LifecycleConfig::withAutoProvisionIsolation,
                    "Whether creating a tenant also makes its place for data."),
            LIFECYCLE.setting(
                    "deprovision_policy",
                    ValueType.oneOf(List.of(DeprovisionPolicy.values())),
                    LifecycleConfig::deprovisionPolicy,
                    LifecycleConfig::withDeprovisionPolicy,
                    "What happens to the data of a deleted tenant."),
            LIFECYCLE.setting(
                    "delete_grace",
                    ValueType.duration(Duration.ZERO),
                    LifecycleConfig::deleteGrace,
                    LifecycleConfig::withDeleteGrace,
                    "How long a deleted tenant can still be had back."),
            LIFECYCLE.setting(
                    "name_quarantine",
                    ValueType.duration(Duration.ZERO),
                    LifecycleConfig::nameQuarantine,
                    LifecycleConfig::withNameQuarantine,
                    "How long nobody may have the names of a removed tenant."),
            LIFECYCLE.setting(
                    "run_lease",
                    ValueType.duration(Duration.ofSeconds(5)),
                    LifecycleConfig::runLease,
                    LifecycleConfig::withRunLease,
                    "How long a node may be silent before another ends its work on a tenant; at most 300 s."),
            OVERRIDES.setting(
                    "cache_ttl",
                    ValueType.duration(Duration.ZERO),
                    OverridesConfig::cacheTtl,
                    OverridesConfig::withCacheTtl,
                    "How long a tenant's configuration is remembered; 0 for not at all."),
            OVERRIDES.setting(
                    "cache_size",
                    ValueType.wholeNumber(0, Integer.MAX_VALUE),
                    OverridesConfig::cacheSize,
                    OverridesConfig::withCacheSize,
                    "Of how many tenants the configuration is remembered; 0 for none."),
            OVERRIDES.setting(
                    "max_keys",
                    ValueType.wholeNumber(0, Integer.MAX_VALUE),
                    it -> it.limits().maxKeys(),
                    OverridesConfig::withMaxKeys,
                    "How many keys may be set for one tenant."),
            OVERRIDES.setting(
                    "max_value_bytes",
                    ValueType.wholeNumber(0, 1024 * 1024),
                    it -> it.limits().maxValueBytes(),
                    OverridesConfig::withMaxValueBytes,
                    "How long one value may be, as JSON in UTF-8."),
            OVERRIDES.setting(
                    "max_total_bytes",
                    ValueType.wholeNumber(0, Integer.MAX_VALUE),
                    it -> it.limits().maxTotalBytes(),
                    OverridesConfig::withMaxTotalBytes,
                    "How long all keys and values of one tenant may be together."),
            INTEGRATION.setting(
                    "sql_context_bridge",
                    ValueType.bool(),
                    IntegrationConfig::sqlContextBridge,
                    IntegrationConfig::withSqlContextBridge,
                    "Whether connections carry the current tenant; must be true with a tenant DataSource."),
            ISOLATION.setting(
                    "setting_name",
                    ValueType.text("a name of the form prefix.name in lower case", Forms.LINE),
                    IsolationConfig::settingName,
                    IsolationConfig::withSettingName,
                    "The PostgreSQL setting that carries the tenant within a transaction."),
            ISOLATION.setting(
                    "binder",
                    ValueType.oneOf(List.of(BinderChoice.values())),
                    IsolationConfig::binder,
                    IsolationConfig::withBinder,
                    "Where transactions are bound to their tenant: in the driver or by statements of their own."),
            ISOLATION.setting(
                    "sealed",
                    ValueType.bool(),
                    IsolationConfig::sealed,
                    IsolationConfig::withSealed,
                    "Whether transactions carry a signed token, so that injected SQL cannot switch the tenant."),
            ISOLATION.setting(
                    "audit",
                    ValueType.oneOf(List.of(AuditMode.values())),
                    IsolationConfig::audit,
                    IsolationConfig::withAudit,
                    "What a finding of severity ERROR does."),
            ISOLATION.setting(
                    "audit_interval",
                    ValueType.duration(Duration.ZERO),
                    IsolationConfig::auditInterval,
                    IsolationConfig::withAuditInterval,
                    "How often the audit is made again on each node; 0 for at start only."),
            ISOLATION.setting(
                    "adoption",
                    ValueType.oneOf(List.of(AdoptionMode.values())),
                    IsolationConfig::adoption,
                    IsolationConfig::withAdoption,
                    "Whether what crosses tenants is refused, or only recorded while an application is adopted."),
            ISOLATION.setting(
                    "assume_role",
                    ValueType.text("the plain name of a role", Forms.LINE).orNone(),
                    IsolationConfig::assumeRole,
                    (it, role) -> new IsolationConfig(
                            it.settingName(),
                            it.binder(),
                            it.audit(),
                            it.auditInterval(),
                            it.adoption(),
                            role,
                            it.tenantTables(),
                            it.sharedTables(),
                            it.systemTables(),
                            it.definerFunctions(),
                            it.schema(),
                            it.exclude(),
                            it.sealed(),
                            it.strictStatus(),
                            it.limits()),
                    "The role that a login with too many rights takes on."),
            ISOLATION.setting(
                    "strict_status",
                    ValueType.bool(),
                    IsolationConfig::strictStatus,
                    IsolationConfig::withStrictStatus,
                    "Whether the database itself refuses a tenant that is not active."),
            ISOLATION.setting(
                    "statement_timeout",
                    ValueType.duration(Duration.ZERO),
                    it -> it.limits().statement(),
                    (it, timeout) -> it.withLimits(it.limits().withStatement(timeout)),
                    "How long one statement may take; 0 for what the database says."),
            ISOLATION.setting(
                    "lock_timeout",
                    ValueType.duration(Duration.ZERO),
                    it -> it.limits().lock(),
                    (it, timeout) -> it.withLimits(it.limits().withLock(timeout)),
                    "How long a statement may wait for a lock; 0 for what the database says."),
            ISOLATION.setting(
                    "idle_in_transaction_timeout",
                    ValueType.duration(Duration.ZERO),
                    it -> it.limits().idle(),
                    (it, timeout) -> it.withLimits(it.limits().withIdle(timeout)),
                    "How long a transaction may wait for its next statement; 0 for what the database says."),
            ISOLATION.setting(
                    "tables.tenant",
                    TABLES,
                    IsolationConfig::tenantTables,
                    (it, tables) -> it.withTenantTables(tables.toArray(String[]::new)),
                    "Tables that hold tenants' rows."),
            ISOLATION.setting(
                    "tables.shared",
                    TABLES,
                    IsolationConfig::sharedTables,
                    (it, tables) -> it.withSharedTables(tables.toArray(String[]::new)),
                    "Tables that every tenant may read."),
            ISOLATION.setting(
                    "tables.system",
                    TABLES,
                    IsolationConfig::systemTables,
                    (it, tables) -> it.withSystemTables(tables.toArray(String[]::new)),
                    "Tables of tools, added to those that are known."),
            ISOLATION.setting(
                    "definer_functions",
                    listOf("a pattern of function names", Forms.LINE),
                    IsolationConfig::definerFunctions,
                    (it, functions) -> it.withDefinerFunctions(functions.toArray(String[]::new)),
                    "SECURITY DEFINER functions that may have more rights than policies confine."),
            ISOLATION.setting(
                    "extension_schema",
                    ValueType.text("the plain name of a schema other than public", Forms.LINE)
                            .orNone(),
                    it -> it.schema().extensionSchema(),
                    (it, name) ->
                            it.withSchema(new SchemaConfig(name, it.schema().locations())),
                    "A schema of extensions, without tables, that follows a tenant's own on the search path."),
            ISOLATION.setting(
                    "schema.locations",
                    listOf("a location of migrations such as classpath:db/tenant", Forms.LINE),
                    it -> it.schema().locations(),
                    (it, locations) -> it.withSchema(it.schema().withLocations(locations.toArray(String[]::new))),
                    "Where Flyway finds the migrations of a tenant's own schema."),
            ISOLATION.setting(
                    "exclude",
                    listOf("the name of a DataSource bean", Forms.LINE),
                    IsolationConfig::exclude,
                    (it, beans) -> it.withExclude(beans.toArray(String[]::new)),
                    "DataSource beans that are left as they are."),
            BUS.setting(
                    "type",
                    ValueType.oneOf(List.of(BusType.values())),
                    BusConfig::type,
                    BusConfig::withType,
                    "What carries news of changes to other nodes; a store in memory has none."),
            BUS.setting(
                    "heartbeat",
                    ValueType.duration(Duration.ofSeconds(1)),
                    BusConfig::heartbeat,
                    BusConfig::withHeartbeat,
                    "How often a node proves that it hears; after five without an echo it relies on the bus no longer."));

    private SectionSettings() {}
}
