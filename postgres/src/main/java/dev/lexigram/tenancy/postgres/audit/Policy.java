package dev.lexigram.tenancy.postgres.audit;

import dev.lexigram.tenancy.postgres.policy.TenantPolicy;
import java.util.Optional;

/**
 * One policy of a table, as the catalogue has it.
 *
 * @param forEveryone whether it holds for all commands and for every role
 */
record Policy(
        String name, boolean permissive, boolean forEveryone, Optional<String> using, Optional<String> withCheck) {

    /** Whether it is one of the canonical pair, by its meaning and not by its name. */
    boolean isCanonical() {
        return forEveryone
                && using.filter(TenantPolicy::isPolicyExpression).isPresent()
                && withCheck.filter(TenantPolicy::isPolicyExpression).isPresent();
    }
}
