package dev.lexigram.tenancy.tenant;

import org.jspecify.annotations.Nullable;

/** Rules for the fields of a tenant that have no type of their own. */
final class TenantRules {

    private static final int MAX_NAME_LENGTH = 200;

    private TenantRules() {}

    static void checkName(String name) {
        if (name.length() > MAX_NAME_LENGTH || name.isBlank() || name.chars().anyMatch(Character::isISOControl)) {
            throw InvalidTenantException.of("name", "1-200 characters, no control characters", name);
        }
    }

    static void checkPlan(@Nullable String plan) {
        if (plan != null && !Slug.isLabel(plan)) {
            throw InvalidTenantException.of("plan", "the grammar of a slug", plan);
        }
    }
}
