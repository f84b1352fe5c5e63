package dev.lexigram.tenancy.tenant;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Rules for the fields of a tenant that have no type of their own. */
final class TenantRules {

    private static final int MAX_NAME_LENGTH = 200;
    private static final int MAX_REASON_LENGTH = 500;

    private TenantRules() {}

    static void checkName(String name) {
        if (!isLine(name, MAX_NAME_LENGTH)) {
            throw InvalidTenantException.of("name", "1-200 characters, no control characters", name);
        }
    }

    static void checkReason(@Nullable String reason) {
        if (reason != null && !isLine(reason, MAX_REASON_LENGTH)) {
            throw InvalidTenantException.of("reason", "1-500 characters, no control characters", reason);
        }
    }

    static void checkPlan(@Nullable String plan) {
        if (plan != null && !Slug.isLabel(plan)) {
            throw InvalidTenantException.of("plan", "the grammar of a slug", plan);
        }
    }

    /** Whether the text is Unicode, and not half a pair of surrogates that every store would keep differently. */
    static boolean isUnicode(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private static boolean isLine(String text, int maxLength) {
        return text.length() <= maxLength
                && !text.isBlank()
                && text.chars().noneMatch(Character::isISOControl)
                && isUnicode(text);
    }
}
