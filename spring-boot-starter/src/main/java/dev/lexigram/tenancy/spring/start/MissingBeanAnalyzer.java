package dev.lexigram.tenancy.spring.start;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.util.ClassUtils;

/** As {@link WrappedBeanAnalyzer}, where the bean was made already, so that Spring finds none of the wanted type. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class MissingBeanAnalyzer extends AbstractFailureAnalyzer<NoSuchBeanDefinitionException> {

    private final @Nullable BeanFactory beans;

    MissingBeanAnalyzer(@Nullable BeanFactory beans) {
        this.beans = beans;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause) {
        var wanted = cause.getBeanType();
        if (wanted == null || cause.getNumberOfBeansFound() > 0 || !(beans instanceof ListableBeanFactory factory)) {
            return null;
        }
        return Arrays.stream(factory.getBeanNamesForType(Object.class, false, false))
                .filter(name -> isWrapped(factory, name, wanted))
                .findFirst()
                .map(name -> WrappedType.analysis(name, type(factory, name), wanted, cause))
                .orElse(null);
    }

    /** The wanted type implements an interface of our wrapper, for which a wrapper stands: it may have been that. */
    private static boolean isWrapped(ListableBeanFactory factory, String name, Class<?> wanted) {
        var type = type(factory, name);
        return WrappedType.isOurs(type)
                && Arrays.stream(ClassUtils.getAllInterfacesForClass(type))
                        .filter(shared -> !shared.getName().startsWith("java.lang."))
                        .anyMatch(shared -> shared != wanted && shared.isAssignableFrom(wanted));
    }

    private static Class<?> type(ListableBeanFactory factory, String name) {
        var type = factory.getType(name, false);
        return type == null ? Object.class : type;
    }
}
