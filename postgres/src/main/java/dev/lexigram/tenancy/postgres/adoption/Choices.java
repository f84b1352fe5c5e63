package dev.lexigram.tenancy.postgres.adoption;

import dev.lexigram.tenancy.postgres.isolation.KeyVariant;
import dev.lexigram.tenancy.tenant.TenantId;
import java.util.List;
import java.util.Optional;

/**
 * What the caller of a {@link SchemaAdoption} chose.
 *
 * @param tenant patterns of tables of tenants; empty when every table is one that is nothing else
 * @param shared patterns of tables for every tenant
 * @param system patterns of tables of tools, beside those that are known
 */
record Choices(
        Optional<TenantId> firstTenant,
        List<String> tenant,
        List<String> shared,
        List<String> system,
        KeyVariant keys,
        String settingName,
        String owner,
        String app,
        String admin) {

    static final Choices DEFAULTS = new Choices(
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            KeyVariant.SURROGATE,
            "tenancy.tenant_id",
            "tenancy_owner",
            "tenancy_app",
            "tenancy_admin");

    Choices withFirstTenant(TenantId firstTenant) {
        return new Choices(Optional.of(firstTenant), tenant, shared, system, keys, settingName, owner, app, admin);
    }

    Choices withTables(List<String> tenant, List<String> shared, List<String> system) {
        return new Choices(firstTenant, tenant, shared, system, keys, settingName, owner, app, admin);
    }

    Choices withKeys(KeyVariant keys) {
        return new Choices(firstTenant, tenant, shared, system, keys, settingName, owner, app, admin);
    }

    Choices withSettingName(String settingName) {
        return new Choices(firstTenant, tenant, shared, system, keys, settingName, owner, app, admin);
    }

    Choices withRoles(String owner, String app, String admin) {
        return new Choices(firstTenant, tenant, shared, system, keys, settingName, owner, app, admin);
    }
}
