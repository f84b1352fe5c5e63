package dev.lexigram.tenancy.servlet;

import dev.lexigram.tenancy.enforcement.Refusal;
import dev.lexigram.tenancy.tenant.TenantException;
import dev.lexigram.tenancy.tenant.TenantRequiredException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/**
 * The answer to a refused request: a problem detail in JSON (RFC 9457), not to be stored by anybody.
 *
 * <p>The answer "access denied" is the same to the byte for every cause, so it carries no id; every other one carries a
 * {@code correlationId} that stands in the log, too.
 */
public final class ProblemResponse {

    private static final String TYPE = "application/problem+json";

    private static final String RETRY_AFTER_SECONDS = "5";

    /** Headers about the content that was to be sent instead. */
    private static final List<String> OF_ANOTHER_BODY = List.of(
            "Content-Disposition", "Content-Encoding", "Content-Language", "Content-Range", "ETag", "Last-Modified");

    private static final RefusalLog LOG = new RefusalLog();

    private ProblemResponse() {}

    /**
     * Answers what this failure, or one in the chain of its causes, means to the client, and writes one line to the log.
     * Where a tenant was required and the request was refused one, that refusal is the answer.
     *
     * @return whether that was done; not, if the failure is none of this library's or the response has begun already
     */
    public static boolean sendIfTenancy(Throwable failure, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var known = TenantException.causeOf(failure);
        if (known.isEmpty() || response.isCommitted()) {
            return false;
        }
        if (known.get() instanceof TenantRequiredException
                && request.getAttribute(TenantContextFilter.REFUSAL_ATTRIBUTE) instanceof Refusal refusal) {
            send(refusal.toException(), refusal.reason(), request, response);
        } else {
            send(known.get(), known.get().getClass().getSimpleName(), request, response);
        }
        return true;
    }

    static void send(TenantException failure, String reason, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var problem = Problem.of(failure);
        var correlationId = UUID.randomUUID().toString();
        LOG.refused(request, problem, reason, correlationId, failure);
        response.resetBuffer();
        OF_ANOTHER_BODY.forEach(header -> response.setHeader(header, null));
        response.setStatus(problem.status());
        response.setHeader("Cache-Control", "no-store");
        if (problem.isTemporary()) {
            response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
        }
        write(body(problem, correlationId), response);
    }

    private static String body(Problem problem, String correlationId) {
        var members = "{\"type\":\"urn:lexigram-tenancy:" + problem.code() + "\",\"title\":\"" + problem.title()
                + "\",\"status\":" + problem.status() + ",\"detail\":\"" + problem.detail() + "\",\"code\":\""
                + problem.code() + "\"";
        return problem.isConfidential() ? members + "}" : members + ",\"correlationId\":\"" + correlationId + "\"}";
    }

    private static void write(String ascii, HttpServletResponse response) throws IOException {
        var bytes = ascii.getBytes(StandardCharsets.US_ASCII);
        response.setContentType(TYPE);
        response.setContentLength(bytes.length);
        try {
            response.getOutputStream().write(bytes);
        } catch (IllegalStateException writerInUse) {
            response.getWriter().write(ascii);
        }
    }
}
