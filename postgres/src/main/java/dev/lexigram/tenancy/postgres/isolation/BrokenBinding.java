package dev.lexigram.tenancy.postgres.isolation;

import dev.lexigram.tenancy.tenant.TenantException;
import dev.lexigram.tenancy.tenant.TenantIsolationException;
import dev.lexigram.tenancy.tenant.TenantMismatchException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A transaction was not bound as it should have been: the connection ends, and it is a security event. */
final class BrokenBinding {

    private static final Logger SECURITY = LoggerFactory.getLogger("tenancy.security");

    private BrokenBinding() {}

    /** What to raise if this failure tells of such a thing, or else null, with nothing done. */
    static @Nullable TenantException told(Throwable failure, Lease lease) {
        if (BindingSql.tellsWrongRole(failure)) {
            return wrongRole(lease, failure);
        }
        if (BindingSql.tellsChange(failure)) {
            lease.evict();
            SECURITY.warn("binding_changed {}", captured(lease));
            return TenantMismatchException.tampered(lease.captured());
        }
        return null;
    }

    static TenantException wrongRole(Lease lease, @Nullable Throwable cause) {
        lease.evict();
        SECURITY.warn("role_not_assumed {}", captured(lease));
        var why = "A connection does not run as the assumed role; send it as a startup option of the connection"
                + " (AssumedRole does so). The connection has been closed.";
        return cause == null ? TenantIsolationException.of(why) : TenantIsolationException.of(why, cause);
    }

    private static String captured(Lease lease) {
        var captured = lease.captured();
        return captured == null ? "no tenant" : "tenant=" + captured.id();
    }
}
