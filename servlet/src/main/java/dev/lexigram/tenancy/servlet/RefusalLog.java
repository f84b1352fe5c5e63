package dev.lexigram.tenancy.servlet;

import dev.lexigram.tenancy.enforcement.LogBudget;
import dev.lexigram.tenancy.enforcement.LogText;
import dev.lexigram.tenancy.tenant.TenantException;
import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line for each request that was refused. What the client sent is escaped and cut; of each kind of refusal at most
 * 100 lines are written per second, and the next one then says how many were left out.
 *
 * <p>Safe for use by many threads. The kinds are the codes, so their number is bounded.
 */
final class RefusalLog {

    private static final int MAX_METHOD = 20;
    private static final int MAX_PATH = 200;

    private final Logger log;
    private final LogBudget budget;

    RefusalLog() {
        this(LoggerFactory.getLogger(TenantContextFilter.class), new LogBudget());
    }

    RefusalLog(Logger log, LogBudget budget) {
        this.log = log;
        this.budget = budget;
    }

    void refused(
            HttpServletRequest request, Problem problem, String reason, String correlationId, TenantException failure) {
        var leftOut = budget.take(problem.code());
        if (leftOut < 0) {
            return;
        }
        var method = LogText.escaped(request.getMethod(), MAX_METHOD);
        var path = LogText.escaped(ServletResolutionContext.rawPath(request), MAX_PATH);
        var why = LogText.escaped(reason, MAX_PATH);
        if (leftOut > 0) {
            log.info("{} refusals with {} were not logged", leftOut, problem.code());
        }
        if (problem.status() < 500) {
            log.info("Refused {} {}: {} ({}, {})", method, path, why, problem.code(), correlationId);
        } else {
            log.warn("Refused {} {}: {} ({}, {})", method, path, why, problem.code(), correlationId, failure);
        }
    }
}
