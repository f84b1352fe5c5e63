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
            report("binding_changed", lease);
            return TenantMismatchException.tampered(lease.captured());
        }
        if (BindingSql.tellsNoSchema(failure)) {
            return noSchema(lease, failure);
        }
        return null;
    }

    /** No event and no eviction: nothing ran, and the connection is as good as before. */
    private static TenantException noSchema(Lease lease, Throwable cause) {
        var captured = lease.captured();
        return TenantIsolationException.of(
                "The schema of tenant '" + (captured == null ? "" : captured.id())
                        + "' does not exist, or the serving role may not use it; provision the tenant again, or restore"
                        + " its schema.",
                cause);
    }

    static TenantException wrongRole(Lease lease, @Nullable Throwable cause) {
        lease.evict();
        report("role_not_assumed", lease);
        var why = "A connection does not run as the assumed role; send it as a startup option of the connection"
                + " (AssumedRole does so). The connection has been closed.";
        return cause == null ? TenantIsolationException.of(why) : TenantIsolationException.of(why, cause);
    }

    private static void report(String event, Lease lease) {
        var captured = lease.captured();
        if (captured != DriverSelfTest.PROBE) {
            SECURITY.warn("{} {}", event, captured == null ? "no tenant" : "tenant=" + captured.id());
        }
    }
}
