package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.aop.ClassFilter;
import org.springframework.aop.framework.Advised;
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
 * <p>What no proxy can intercept (a final class, a final, private or static method) must not carry an annotation: the
 * start ends with its name. As with every proxy, calls of a bean to itself pass by.
 */
final class TenantGuardPostProcessor extends AbstractBeanFactoryAwareAdvisingPostProcessor {

    static final String INTERCEPTOR = "tenantGuardInterceptor";

    private static final long serialVersionUID = 1L;

    private final transient TenantGuardAdvice advice = new TenantGuardAdvice();

    TenantGuardPostProcessor() {
        setBeforeExistingAdvisors(true);
        setProxyTargetClass(true);
        setOrder(Ordered.LOWEST_PRECEDENCE);
        this.advisor = new DefaultPointcutAdvisor(new Annotated(), advice);
    }

    /** A proxy that was made for an interface, such as a repository's, shows the annotations there and not in its target. */
    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof Advised proxy && Proxy.isProxyClass(bean.getClass()) && isDemanding(bean.getClass())) {
            if (proxy.isFrozen()) {
                throw TenancyConfigurationException.of(
                        List.of("Bean '" + beanName + "' cannot be guarded, as its proxy is"
                                + " frozen; move @RequireTenant or @WithoutTenant to its callers"));
            }
            proxy.addAdvisor(0, new DefaultPointcutAdvisor(advice)); // the target matches no pointcut
            return bean;
        }
        return super.postProcessAfterInitialization(bean, beanName);
    }

    @Override
    protected boolean isEligible(Object bean, String beanName) {
        return isEligible(AopUtils.getTargetClass(bean)) && super.isEligible(bean, beanName);
    }

    @Override
    protected boolean isEligible(Class<?> targetClass) {
        if (isHandler(targetClass) || !super.isEligible(targetClass)) {
            return false;
        }
        if (!Proxy.isProxyClass(targetClass)) {
            checkMethods(targetClass);
        }
        return true;
    }

    private boolean isHandler(Class<?> type) {
        return beanFactory != null
                && beanFactory.containsBean(INTERCEPTOR)
                && AnnotatedElementUtils.hasAnnotation(type, Controller.class);
    }

    private static boolean isDemanding(Class<?> type) {
        return Arrays.stream(ReflectionUtils.getUniqueDeclaredMethods(type))
                .anyMatch(method -> !TenantDemand.of(method, type).isNone());
    }

    private static void checkMethods(Class<?> type) {
        if (Modifier.isFinal(type.getModifiers())) {
            throw TenancyConfigurationException.of(
                    List.of(type.getName() + " cannot be guarded, as it is final; change that or move the annotation"));
        }
        var problems = Arrays.stream(ReflectionUtils.getUniqueDeclaredMethods(type))
                .filter(method -> method.getDeclaringClass() != Object.class)
                .flatMap(method -> problem(method, type).stream())
                .toList();
        if (!problems.isEmpty()) {
            throw TenancyConfigurationException.of(problems);
        }
    }

    private static Optional<String> problem(Method method, Class<?> type) {
        var demand = TenantDemand.of(method, type);
        var isMarked = !TenantDemand.of(method, Object.class).isNone();
        var modifiers = method.getModifiers();
        var isHidden = Modifier.isPrivate(modifiers) || Modifier.isStatic(modifiers);
        if (isMarked && isHidden || !demand.isNone() && Modifier.isFinal(modifiers) && !isHidden) {
            return Optional.of(type.getName() + "." + method.getName()
                    + " cannot be guarded, as it is final, private or static; change that or move the annotation");
        }
        return demand.problem(method, type);
    }

    private static final class Annotated extends StaticMethodMatcherPointcut {

        private static final List<Class<? extends Annotation>> WANTED = TenantDemand.ANNOTATIONS;

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
