package dev.lexigram.tenancy.postgres.policy;

import dev.lexigram.tenancy.tenant.TenantId;
import java.util.List;
import java.util.Optional;

/**
 * The form of a table that is only observed: policies of the names of {@link TenantPolicy}'s, which let everything pass
 * and tell what those would have refused. Immutable.
 *
 * <p>What they tell has severity INFO: that reaches the client whatever its settings are and whatever becomes of the
 * transaction, and fills no log of the server.
 *
 * @param policy names the setting that carries the tenant
 * @param firstTenant whose the rows are that are written with no tenant bound; without it they stay nobody's
 */
public record TenantObservation(TenantPolicy policy, Optional<TenantId> firstTenant) {

    /** The SQLSTATE of what the policies tell: of a class that neither PostgreSQL nor the standard uses. */
    public static final String TOLD = "TEN01";

    /** The message about a statement that met rows while no tenant was bound. */
    public static final String WITHOUT_TENANT = "tenancy: no tenant bound";

    /** The message about a statement that met a row of another tenant, or of none, while one was bound. */
    public static final String OTHER_TENANT = "tenancy: a row of another tenant";

    /** The message about a statement that wrote a row for another tenant, or for none, while one was bound. */
    public static final String WRITTEN = "tenancy: a row written for another tenant";

    private static final String FUNCTION = "tenancy.observe(";

    // Evaluated once per statement and table, as a scalar subselect is; the last one only when a row needs it. What
    // "weigh" costs lets PostgreSQL ask the application's own conditions first, wherever they are known not to leak.
    private static final String EXPRESSION = """
            (select tenancy.observe('%2$s', %1$s))
                and (tenant_id is not distinct from (select tenancy.observed_tenant())
                    or (select nullif(pg_catalog.current_setting('%4$s', true), '') is null)
                    or tenancy.weigh((select tenancy.observe('%3$s', %1$s))))""";

    private static final String WEIGH = """
            create or replace function tenancy.weigh(given boolean) returns boolean
                language plpgsql stable parallel restricted cost 10 set search_path = pg_catalog, pg_temp
                as $tenancy$ begin return given; end $tenancy$""";

    // Within loops of functions and triggers that would be as many as there are rows: after a moment one in a hundred
    // is told. It cannot be remembered instead, as nothing can be set while a statement runs in parallel.
    private static final String OBSERVE = """

            declare
                callers text;
                place_schema name;
                place_table name;
            begin
                if (nullif(current_setting('%1$s', true), '') is null) <> (told = '%3$s') then
                    return true;
                end if;
                get diagnostics callers = pg_context;
                if position(chr(10) in callers) > 0
                    and clock_timestamp() - statement_timestamp() > interval '100 ms'
                    and extract(microseconds from clock_timestamp())::int %% 100 > 0 then
                    return true;
                end if;
                select n.nspname, c.relname into place_schema, place_table
                from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = place;
                raise info using errcode = '%2$s', schema = place_schema, table = place_table, message = told;
                return true;
            end
            """;

    /** What a policy calls: the arguments that identify it. */
    public static final List<String> FUNCTIONS =
            List.of("observed_tenant()", "observe(text, regclass)", "weigh(boolean)");

    /** Creates the {@link #FUNCTIONS}, or puts them back to what they must be. */
    public List<String> createFunctions() {
        var setting = policy.settingName();
        var otherwise =
                firstTenant.map(tenant -> Quoted.literal(tenant.value())).orElse("null");
        return List.of(
                """
                create or replace function tenancy.observed_tenant() returns text
                    language plpgsql stable parallel safe set search_path = pg_catalog, pg_temp
                    as $tenancy$ begin return coalesce(nullif(current_setting('%s', true), ''), %s); end $tenancy$""".formatted(setting, otherwise),
                """
                create or replace function tenancy.observe(told text, place regclass) returns boolean
                    language plpgsql stable parallel restricted set search_path = pg_catalog, pg_temp
                    as $tenancy$%s$tenancy$""".formatted(OBSERVE.formatted(setting, TOLD, WITHOUT_TENANT)),
                WEIGH);
    }

    /** Adds the tenant column, or fills in what it lacks; the rows that are there become the first tenant's. */
    public List<String> addColumn(TableName table) {
        var name = table.sql();
        var defaulted = "tenant_id text default tenancy.observed_tenant()";
        var add = "alter table " + name + " add column if not exists " + defaulted;
        var fill = "alter table " + name + " alter column tenant_id set default tenancy.observed_tenant()";
        return firstTenant
                .map(tenant -> List.of(
                        add,
                        fill,
                        "update " + name + " set tenant_id = " + Quoted.literal(tenant.value())
                                + " where tenant_id is null"))
                .orElse(List.of(add, fill));
    }

    /** Enables and forces row security, and replaces both policies. */
    public List<String> observe(TableName table) {
        return observe(table.sql(), Quoted.literal(table.sql()) + "::regclass");
    }

    /** The same for a table whose name and whose value of type regclass are SQL already. */
    public List<String> observe(String name, String place) {
        var using = EXPRESSION.formatted(place, WITHOUT_TENANT, OTHER_TENANT, policy.settingName());
        var check = EXPRESSION.formatted(place, WITHOUT_TENANT, WRITTEN, policy.settingName());
        return List.of(
                "alter table " + name + " enable row level security, force row level security",
                "drop policy if exists " + TenantPolicy.ALLOW + " on " + name,
                "create policy " + TenantPolicy.ALLOW + " on " + name + " using (true) with check (true)",
                "drop policy if exists " + TenantPolicy.CONFINE + " on " + name,
                "create policy " + TenantPolicy.CONFINE + " on " + name + " as restrictive using (" + using
                        + ") with check (" + check + ")");
    }

    /** Whether a policy of this expression observes, read with only pg_catalog in the path. */
    public static boolean isObserving(String readBack) {
        return readBack.contains(FUNCTION);
    }
}
