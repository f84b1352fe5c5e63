package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.aop.ClassFilter;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.stereotype.Controller;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Puts the guard around annotated beans, before transactions and everything else. Handlers of requests are left to the
 * interceptor, which needs no proxy.
 *
 * <p>A method that no proxy can intercept (final, private or static) must not carry an annotation: the start ends with
 * its name. As with every proxy, calls of a bean to itself pass by.
 */
final class TenantGuardPostProcessor extends AbstractBeanFactoryAwareAdvisingPostProcessor {

    private static final long serialVersionUID = 1L;

    TenantGuardPostProcessor() {
        setBeforeExistingAdvisors(true);
        setProxyTargetClass(true);
        setOrder(Ordered.LOWEST_PRECEDENCE);
        this.advisor = new DefaultPointcutAdvisor(new Annotated(), new TenantGuardAdvice());
    }

    @Override
    protected boolean isEligible(Object bean, String beanName) {
        return !isHandler(AopUtils.getTargetClass(bean)) && super.isEligible(bean, beanName);
    }

    @Override
    protected boolean isEligible(Class<?> targetClass) {
        if (isHandler(targetClass) || !super.isEligible(targetClass)) {
            return false;
        }
        var problems = Arrays.stream(ReflectionUtils.getUniqueDeclaredMethods(targetClass))
                .flatMap(method -> problem(method, targetClass).stream())
                .toList();
        if (!problems.isEmpty()) {
            throw TenancyConfigurationException.of(problems);
        }
        return true;
    }

    private static boolean isHandler(Class<?> type) {
        return AnnotatedElementUtils.hasAnnotation(type, Controller.class);
    }

    private static Optional<String> problem(Method method, Class<?> type) {
        var demand = TenantDemand.of(method, type);
        var hidden = Modifier.PRIVATE | Modifier.STATIC;
        var own = TenantDemand.of(method, Object.class);
        var escapes = !own.isNone() && (method.getModifiers() & (hidden | Modifier.FINAL)) != 0
                || !demand.isNone()
                        && Modifier.isFinal(method.getModifiers())
                        && !Modifier.isPrivate(method.getModifiers());
        if (escapes && method.getDeclaringClass() != Object.class) {
            return Optional.of(type.getName() + "." + method.getName()
                    + " cannot be guarded, as it is final, private or static; change that or move the annotation");
        }
        return demand.problem(method, type);
    }

    private static final class Annotated extends StaticMethodMatcherPointcut {

        private static final List<Class<? extends java.lang.annotation.Annotation>> WANTED = TenantDemand.ANNOTATIONS;

        Annotated() {
            setClassFilter((ClassFilter) type -> AnnotationUtils.isCandidateClass(type, WANTED));
        }

        @Override
        public boolean matches(Method method, Class<?> targetClass) {
            var type = ClassUtils.getUserClass(targetClass);
            return method.getDeclaringClass() != Object.class
                    && !TenantDemand.of(AopUtils.getMostSpecificMethod(method, type), type)
                            .isNone();
        }
    }
}
