package dev.lexigram.tenancy.resolution;

import dev.lexigram.tenancy.tenant.TenantAccessDeniedException;
import java.util.List;
import java.util.Optional;

/**
 * A call as resolvers see it, whatever it came in by: HTTP, a message, a command line.
 *
 * <p>Immutable, or a view of something that does not change while the call is admitted. Values are as the client sent
 * them: neither trimmed nor decoded.
 */
public interface TenantResolutionContext {

    /** Every value of a header, in order. The name is compared in any case. */
    List<String> headers(String name);

    /** Every value of a query parameter, in order. */
    List<String> queryParams(String name);

    /** The first value of a query parameter. */
    default Optional<String> queryParam(String name) {
        return queryParams(name).stream().findFirst();
    }

    /** The host that the client asked for, as in the header {@code Host}: with a port, if it sent one. */
    Optional<String> host();

    /** The path as sent: not decoded, with path parameters, without the query. */
    String rawPath();

    /** The method, in upper case; empty where a call has none. */
    String method();

    /** The address of whoever holds the other end of the connection, in numbers. */
    Optional<String> peer();

    /**
     * The authenticated caller; empty for an anonymous one.
     *
     * @throws TenantAccessDeniedException if the call carries two callers who contradict each other
     */
    Optional<TenantPrincipal> principal();

    /** A context to fill by hand: for tests and for edges that have no adapter. */
    static TenantResolutionContextBuilder builder() {
        return new TenantResolutionContextBuilder();
    }
}
