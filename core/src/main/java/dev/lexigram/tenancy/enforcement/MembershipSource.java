package dev.lexigram.tenancy.enforcement;

/** Who says which caller belongs to which tenant. */
public enum MembershipSource {

    /** Nobody, unless the application gives a {@link TenantMembership} of its own. */
    NONE,

    /** A list claim of the caller's verified token. */
    CLAIM,

    /** A table of the control plane. */
    SQL
}
