package dev.lexigram.tenancy.postgres.policy;

import dev.lexigram.tenancy.isolation.IsolationConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * The one form of protection for a table: a permissive and a restrictive policy for everyone, enabled and forced, over
 * a function that raises when no tenant is bound. Immutable.
 *
 * @param settingName the PostgreSQL setting that carries the tenant's id within a transaction
 * @param sealed whether it carries a signed token instead, which the function verifies
 * @param strictStatus whether the function asks the control plane if the tenant is served
 */
public record TenantPolicy(String settingName, boolean sealed, boolean strictStatus) {

    /** The column that says whose a row is. */
    public static final String COLUMN = "tenant_id";

    /** The constraint that keeps the empty text out of the column. */
    public static final String CHECK = "tenancy_tenant_id";

    /** What {@code require_tenant} says, with SQLSTATE 42501, when nothing is bound. */
    public static final String NOT_BOUND = "tenant not bound";

    /** What a sealed {@code require_tenant} says, with SQLSTATE 42501, of a binding that it does not believe. */
    public static final String NOT_VALID = SealedFunction.NOT_VALID;

    /** What {@code require_tenant} says, with SQLSTATE 42501, of a tenant that is not served, where it asks. */
    public static final String NOT_SERVED = "tenant not served";

    static final String ALLOW = "tenancy_allow";
    static final String CONFINE = "tenancy_confine";
    private static final String EXPRESSION = "tenant_id = (select tenancy.require_tenant())";

    // What pg_get_expr makes of the two expressions while the search path is pg_catalog alone.
    private static final String EXPRESSION_READ_BACK =
            "(tenant_id = ( SELECT tenancy.require_tenant() AS require_tenant))";
    private static final String CHECK_READ_BACK = "(tenant_id <> ''::text)";

    private static final String BODY = """

            declare
                tenant text := nullif(current_setting('%s', true), '');
            begin
                if tenant is null then
                    raise insufficient_privilege using message = '%s';
                end if;
            %s    return tenant;
            end
            """;

    // Served is who is active, and who is being made or removed while the library does just that.
    private static final String SERVED = """
                if not exists (
                        select from tenancy.tenants t
                        where t.tenant_id = tenant and (t.status = 'active'
                            or t.status in ('provisioning', 'deleting') and exists (
                                select from tenancy.journal j
                                where j.tenant_id = tenant and j.step = '' and j.state in ('open', 'undoing')))) then
                    raise insufficient_privilege using message = '%s';
                end if;
            """.formatted(NOT_SERVED);

    /** @throws IllegalArgumentException if the setting's name could not stand in SQL as it is */
    public TenantPolicy {
        IsolationConfig.DEFAULTS.withSettingName(settingName);
    }

    /** With the bare id. */
    public TenantPolicy(String settingName) {
        this(settingName, false, false);
    }

    /** As it is configured. */
    public static TenantPolicy of(IsolationConfig config) {
        return new TenantPolicy(config.settingName(), config.sealed(), config.strictStatus());
    }

    public TenantPolicy withSettingName(String settingName) {
        return new TenantPolicy(settingName, sealed, strictStatus);
    }

    public TenantPolicy withSealed(boolean sealed) {
        return new TenantPolicy(settingName, sealed, strictStatus);
    }

    public TenantPolicy withStrictStatus(boolean strictStatus) {
        return new TenantPolicy(settingName, sealed, strictStatus);
    }

    /** Whether the function works with its owner's rights, as it reads what nobody else may. */
    public boolean isDefiner() {
        return sealed || strictStatus;
    }

    /** What the function's owner may have to be given to read the status of tenants. */
    public static List<String> grantStatus(String owner) {
        return List.of(
                "grant select (tenant_id, status) on tenancy.tenants to " + Quoted.identifier(owner),
                "grant select (tenant_id, step, state) on tenancy.journal to " + Quoted.identifier(owner));
    }

    /** The source of {@code tenancy.require_tenant()}. */
    public String functionBody() {
        var served = strictStatus ? SERVED : "";
        return sealed ? SealedFunction.body(settingName, served) : BODY.formatted(settingName, NOT_BOUND, served);
    }

    /** Creates {@code tenancy.require_tenant()}, or puts it back to what it must be. */
    public String createFunction() {
        return """
                create or replace function tenancy.require_tenant() returns text
                    language plpgsql stable parallel %s set search_path = pg_catalog, pg_temp
                    as $tenancy$%s$tenancy$""".formatted(
                        (sealed ? "restricted" : "safe") + (isDefiner() ? " security definer" : ""), functionBody());
    }

    /** Creates the function with what it needs, for these roles. */
    public List<String> install(Grantees grantees) {
        var statements = new ArrayList<String>();
        if (sealed) {
            statements.addAll(SealedFunction.createKeys(grantees));
        }
        var owner = Quoted.identifier(grantees.owner());
        statements.add(createFunction());
        statements.add("alter function tenancy.require_tenant() owner to " + owner);
        statements.add("revoke all on function tenancy.require_tenant() from public");
        statements.add("grant execute on function tenancy.require_tenant() to " + owner + ", "
                + Quoted.identifier(grantees.app()));
        return statements;
    }

    /** Whether this is the source of {@code tenancy.require_tenant()}, but for white space. */
    public boolean isFunctionBody(String source) {
        return singleSpaced(source).equals(singleSpaced(functionBody()));
    }

    /** Enables and forces row security, and replaces both policies. */
    public static List<String> protect(TableName table) {
        return protect(table.sql());
    }

    /** The same for a table whose name is SQL already. */
    public static List<String> protect(String name) {
        return List.of(
                "alter table " + name + " enable row level security, force row level security",
                "drop policy if exists " + ALLOW + " on " + name,
                policy(ALLOW, "permissive", name),
                "drop policy if exists " + CONFINE + " on " + name,
                policy(CONFINE, "restrictive", name));
    }

    /** Makes the tenant column mandatory and filled in by itself. */
    public static String confineColumn(TableName table) {
        return """
                alter table %s
                    alter column tenant_id set default tenancy.require_tenant(),
                    alter column tenant_id set not null,
                    drop constraint if exists %s,
                    add constraint %2$s check (tenant_id <> '')""".formatted(table.sql(), CHECK);
    }

    /** Whether {@link #protect} replaces a policy of this name. */
    public static boolean isReplaced(String policy) {
        return policy.equals(ALLOW) || policy.equals(CONFINE);
    }

    /** Whether this is the expression of the policy, as {@code pg_get_expr} reads it with only pg_catalog in the path. */
    public static boolean isPolicyExpression(String readBack) {
        return readBack.equals(EXPRESSION_READ_BACK);
    }

    /** Whether this is the expression of the check, read in the same way. */
    public static boolean isCheckExpression(String readBack) {
        return readBack.equals(CHECK_READ_BACK);
    }

    private static String policy(String policy, String kind, String table) {
        return """
                create policy %s on %s as %s for all to public
                    using (%s)
                    with check (%4$s)""".formatted(policy, table, kind, EXPRESSION);
    }

    private static String singleSpaced(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
