package dev.lexigram.tenancy.isolation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How isolation is bound and proved: section {@code isolation} of the configuration. Immutable.
 *
 * @param settingName the PostgreSQL setting that carries the tenant's id within a transaction
 * @param binder where transactions are bound
 * @param audit what a finding of severity ERROR does
 * @param auditInterval how often the audit is made again; zero for at start only
 * @param adoption whether what crosses tenants is refused or only recorded
 * @param assumeRole the role that a login with too many rights takes on
 * @param tenantTables patterns of tables that hold tenants' rows
 * @param sharedTables patterns of tables that every tenant may read
 * @param systemTables patterns of tables of tools, added to those that are known
 * @param definerFunctions patterns of SECURITY DEFINER functions that may have more rights than policies confine
 * @param schema where tenants have a schema each
 * @param exclude names of DataSource beans that are left as they are
 * @param sealed whether the setting carries a signed token of the tenant instead of its bare id
 * @param strictStatus whether the database itself refuses a tenant that is not active
 * @param limits how long a transaction may take, wait and idle
 */
public record IsolationConfig(
        String settingName,
        BinderChoice binder,
        AuditMode audit,
        Duration auditInterval,
        AdoptionMode adoption,
        Optional<String> assumeRole,
        List<String> tenantTables,
        List<String> sharedTables,
        List<String> systemTables,
        List<String> definerFunctions,
        SchemaConfig schema,
        List<String> exclude,
        boolean sealed,
        boolean strictStatus,
        TransactionLimits limits) {

    // Before DEFAULTS, whose making needs them.
    private static final Pattern SETTING = Pattern.compile("[a-z_][a-z0-9_]{0,62}\\.[a-z_][a-z0-9_]{0,62}");
    private static final Pattern ROLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");

    public static final IsolationConfig DEFAULTS = new IsolationConfig(
            "tenancy.tenant_id",
            BinderChoice.AUTO,
            AuditMode.FAIL,
            Duration.ofSeconds(60),
            AdoptionMode.ENFORCE,
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            SchemaConfig.DEFAULTS,
            List.of(),
            false,
            false,
            TransactionLimits.DEFAULTS);

    /**
     * Checks every value.
     *
     * @throws IllegalArgumentException if a name could not stand in SQL as it is
     */
    public IsolationConfig {
        tenantTables = List.copyOf(tenantTables);
        sharedTables = List.copyOf(sharedTables);
        systemTables = List.copyOf(systemTables);
        definerFunctions = List.copyOf(definerFunctions);
        exclude = List.copyOf(exclude);
        if (!SETTING.matcher(settingName).matches()) {
            throw new IllegalArgumentException("settingName must have the form prefix.name in lower case");
        }
        if (auditInterval.isNegative()) {
            throw new IllegalArgumentException("auditInterval must be >= 0 but is " + auditInterval);
        }
        if (assumeRole.isPresent() && !ROLE.matcher(assumeRole.get()).matches()) {
            throw new IllegalArgumentException("assumeRole must be the plain name of a role");
        }
        if (sealed && adoption == AdoptionMode.REPORT) {
            throw new IllegalArgumentException("sealed needs adoption enforce: what only observes verifies no token");
        }
        if (strictStatus && adoption == AdoptionMode.REPORT) {
            throw new IllegalArgumentException(
                    "strictStatus needs adoption enforce: what only observes refuses nobody");
        }
    }

    public IsolationConfig withSettingName(String settingName) {
        return with(settingName, assumeRole, schema, limits);
    }

    public IsolationConfig withBinder(BinderChoice binder) {
        return with(binder, audit, auditInterval, adoption, sealed, strictStatus);
    }

    public IsolationConfig withAudit(AuditMode audit) {
        return with(binder, audit, auditInterval, adoption, sealed, strictStatus);
    }

    public IsolationConfig withAuditInterval(Duration auditInterval) {
        return with(binder, audit, auditInterval, adoption, sealed, strictStatus);
    }

    public IsolationConfig withAdoption(AdoptionMode adoption) {
        return with(binder, audit, auditInterval, adoption, sealed, strictStatus);
    }

    public IsolationConfig withSealed(boolean sealed) {
        return with(binder, audit, auditInterval, adoption, sealed, strictStatus);
    }

    public IsolationConfig withStrictStatus(boolean strictStatus) {
        return with(binder, audit, auditInterval, adoption, sealed, strictStatus);
    }

    public IsolationConfig withAssumeRole(String assumeRole) {
        return with(settingName, Optional.of(assumeRole), schema, limits);
    }

    public IsolationConfig withSchema(SchemaConfig schema) {
        return with(settingName, assumeRole, schema, limits);
    }

    public IsolationConfig withTenantTables(String... tenantTables) {
        return with(List.of(tenantTables), sharedTables, systemTables, definerFunctions, exclude);
    }

    public IsolationConfig withSharedTables(String... sharedTables) {
        return with(tenantTables, List.of(sharedTables), systemTables, definerFunctions, exclude);
    }

    public IsolationConfig withSystemTables(String... systemTables) {
        return with(tenantTables, sharedTables, List.of(systemTables), definerFunctions, exclude);
    }

    public IsolationConfig withDefinerFunctions(String... definerFunctions) {
        return with(tenantTables, sharedTables, systemTables, List.of(definerFunctions), exclude);
    }

    public IsolationConfig withExclude(String... exclude) {
        return with(tenantTables, sharedTables, systemTables, definerFunctions, List.of(exclude));
    }

    public IsolationConfig withLimits(TransactionLimits limits) {
        return with(settingName, assumeRole, schema, limits);
    }

    private IsolationConfig with(
            String settingName, Optional<String> assumeRole, SchemaConfig schema, TransactionLimits limits) {
        return new IsolationConfig(
                settingName,
                binder,
                audit,
                auditInterval,
                adoption,
                assumeRole,
                tenantTables,
                sharedTables,
                systemTables,
                definerFunctions,
                schema,
                exclude,
                sealed,
                strictStatus,
                limits);
    }

    private IsolationConfig with(
            BinderChoice binder,
            AuditMode audit,
            Duration auditInterval,
            AdoptionMode adoption,
            boolean sealed,
            boolean strictStatus) {
        return new IsolationConfig(
                settingName,
                binder,
                audit,
                auditInterval,
                adoption,
                assumeRole,
                tenantTables,
                sharedTables,
                systemTables,
                definerFunctions,
                schema,
                exclude,
                sealed,
                strictStatus,
                limits);
    }

    private IsolationConfig with(
            List<String> tenantTables,
            List<String> sharedTables,
            List<String> systemTables,
            List<String> definerFunctions,
            List<String> exclude) {
        return new IsolationConfig(
                settingName,
                binder,
                audit,
                auditInterval,
                adoption,
                assumeRole,
                tenantTables,
                sharedTables,
                systemTables,
                definerFunctions,
                schema,
                exclude,
                sealed,
                strictStatus,
                limits);
    }
}
