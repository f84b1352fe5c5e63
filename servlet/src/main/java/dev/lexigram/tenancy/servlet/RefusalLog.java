package dev.lexigram.tenancy.servlet;

import dev.lexigram.tenancy.tenant.TenantException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line for each request that was refused. What the client sent is escaped and cut; of each kind of refusal at most
 * 100 lines are written per second, and the next one then says how many were left out.
 *
 * <p>Safe for use by many threads. The kinds are the codes, so their number is bounded.
 */
final class RefusalLog {

    private static final int LINES_PER_SECOND = 100;
    private static final long SECOND = 1_000_000_000L;
    private static final int MAX_METHOD = 20;
    private static final int MAX_PATH = 200;

    private final Logger log;
    private final LongSupplier nanoTime;
    private final Map<String, Budget> budgets = new ConcurrentHashMap<>();

    RefusalLog() {
        this(LoggerFactory.getLogger(TenantContextFilter.class), System::nanoTime);
    }

    RefusalLog(Logger log, LongSupplier nanoTime) {
        this.log = log;
        this.nanoTime = nanoTime;
    }

    void refused(
            HttpServletRequest request, Problem problem, String reason, String correlationId, TenantException failure) {
        var leftOut =
                budgets.computeIfAbsent(problem.code(), any -> new Budget()).take(nanoTime.getAsLong());
        if (leftOut < 0) {
            return;
        }
        var method = Escaped.of(request.getMethod(), MAX_METHOD);
        var path = Escaped.of(ServletResolutionContext.rawPath(request), MAX_PATH);
        var why = Escaped.of(reason, MAX_PATH);
        if (leftOut > 0) {
            log.info("{} refusals with {} were not logged", leftOut, problem.code());
        }
        if (problem.status() < 500) {
            log.info("Refused {} {}: {} ({}, {})", method, path, why, problem.code(), correlationId);
        } else {
            log.warn("Refused {} {}: {} ({}, {})", method, path, why, problem.code(), correlationId, failure);
        }
    }

    private static final class Budget {

        private long second;
        private int written = -1;
        private int leftOut;

        /** How many were left out since the last line, or -1 if this one is to be left out, too. */
        synchronized int take(long now) {
            if (written < 0 || now - second >= SECOND) {
                second = now;
                written = 0;
            }
            if (written == LINES_PER_SECOND) {
                leftOut++;
                return -1;
            }
            written++;
            var reported = leftOut;
            leftOut = 0;
            return reported;
        }
    }
}
