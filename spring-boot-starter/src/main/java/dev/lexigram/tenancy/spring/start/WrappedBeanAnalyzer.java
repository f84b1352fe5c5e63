package dev.lexigram.tenancy.spring.start;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanNotOfRequiredTypeException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Somebody wanted a bean by the type that it had before tenancy wrapped it. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class WrappedBeanAnalyzer extends AbstractFailureAnalyzer<BeanNotOfRequiredTypeException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BeanNotOfRequiredTypeException cause) {
        return WrappedType.isOurs(cause.getActualType())
                ? WrappedType.analysis(cause.getBeanName(), cause.getActualType(), cause.getRequiredType(), cause)
                : null;
    }
}
