package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.servlet.ProblemResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Answers the library's failures before any advice of the application can answer "internal error", or tell more than a
 * refusal may.
 */
final class TenancyExceptionResolver implements HandlerExceptionResolver, Ordered {

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception failure) {
        try {
            return ProblemResponse.sendIfTenancy(failure, request, response) ? new ModelAndView() : null;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
