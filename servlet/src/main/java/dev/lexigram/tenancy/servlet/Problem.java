package dev.lexigram.tenancy.servlet;

import dev.lexigram.tenancy.tenant.TenantException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a client is told about one kind of error. All of it is constant: no message of an exception, nothing that the
 * client sent and nothing of a tenant gets in. What does not exist is told as what is not the caller's.
 */
record Problem(int status, String code, String title, String detail) {

    private static final String PREFIX = "LEX_ERR_TENANT_";

    private static final Problem DENIED = of(403, 12, "Access denied", "You may not act as this tenant.");

    private static final Map<String, Problem> BY_CODE = byCode(List.of(
            of(403, 3, "Tenant inactive", "The tenant is inactive; an administrator of it can activate it."),
            of(400, 5, "Unusable tenant", "Send exactly one well-formed reference to a tenant in each place."),
            of(422, 6, "Unusable configuration", "A key or a value of the tenant's configuration is not allowed."),
            of(409, 7, "Name taken", "Another tenant has this name; choose another one."),
            of(403, 8, "Tenant suspended", "The tenant is suspended; an administrator of it knows why."),
            of(403, 10, "Tenant required", "Name a tenant, such as by your token or the header for it."),
            of(403, 11, "Wrong tenant", "The request touched the data of another tenant than its own."),
            DENIED,
            of(409, 13, "Not possible now", "The tenant's status does not allow this."),
            of(409, 14, "Changed meanwhile", "Somebody else has changed the tenant; read it again and repeat."),
            of(503, 16, "Busy", "The tenant uses all that it may use at once; try again later."),
            of(503, 17, "Unavailable", "This cannot be decided now; try again later."),
            of(400, 21, "Invalid tenant", "A value is not allowed for a tenant.")));

    static Problem of(TenantException failure) {
        var known = BY_CODE.get(failure.code());
        return known != null
                ? known
                : new Problem(500, failure.code(), "Internal error", "The request could not be served.");
    }

    boolean isTemporary() {
        return status == 503;
    }

    /** Whether it must look the same whatever its cause was. */
    boolean isConfidential() {
        return code.equals(DENIED.code);
    }

    private static Problem of(int status, int number, String title, String detail) {
        return new Problem(status, String.format("%s%03d", PREFIX, number), title, detail);
    }

    private static Map<String, Problem> byCode(List<Problem> problems) {
        var byCode = new HashMap<String, Problem>();
        problems.forEach(problem -> byCode.put(problem.code, problem));
        byCode.put(PREFIX + "002", DENIED);
        return Map.copyOf(byCode);
    }
}
