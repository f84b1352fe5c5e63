package dev.lexigram.tenancy.enforcement;

import dev.lexigram.tenancy.tenant.Tenant;

/** The decision about one call. */
public sealed interface Admission {

    /** The call acts as this tenant, which is ACTIVE; {@code source} names the resolver that decided. */
    record Admitted(Tenant tenant, String source) implements Admission {}

    /** The call acts as no tenant. */
    record Refused(Refusal refusal) implements Admission {}
}
