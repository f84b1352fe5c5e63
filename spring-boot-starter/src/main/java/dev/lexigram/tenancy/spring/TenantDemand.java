package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.enforcement.RequireTenant;
import dev.lexigram.tenancy.enforcement.TenantGuard;
import dev.lexigram.tenancy.enforcement.WithoutTenant;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * What the annotations of a method and of its type demand, interfaces and supertypes included.
 *
 * @param required the tenants that are required, the type's first; empty text for any
 * @param reasons why no tenant is needed
 */
record TenantDemand(List<String> required, List<String> reasons) {

    static final List<Class<? extends Annotation>> ANNOTATIONS = List.of(RequireTenant.class, WithoutTenant.class);

    static TenantDemand of(Method method, Class<?> type) {
        return of(new AnnotatedElement[] {type, method});
    }

    /** What all of these demand, in this order. */
    static TenantDemand of(AnnotatedElement... elements) {
        return new TenantDemand(
                annotations(elements, RequireTenant.class)
                        .map(RequireTenant::value)
                        .distinct()
                        .toList(),
                annotations(elements, WithoutTenant.class)
                        .map(WithoutTenant::value)
                        .distinct()
                        .toList());
    }

    boolean isNone() {
        return required.isEmpty() && reasons.isEmpty();
    }

    boolean isWithout() {
        return !reasons.isEmpty();
    }

    /** @throws dev.lexigram.tenancy.tenant.TenantException unless what is bound is what is required */
    void check(TenantGuard guard) {
        for (var tenant : required) {
            if (tenant.isEmpty()) {
                guard.require();
            } else {
                guard.require(tenant);
            }
        }
    }

    /** What keeps the application from starting, if anything. */
    Optional<String> problem(Method method, Class<?> type) {
        var name = type.getName() + "." + method.getName();
        if (!required.isEmpty() && !reasons.isEmpty()) {
            return Optional.of(name + " has both @RequireTenant and @WithoutTenant, itself or by its type; keep one");
        }
        return reasons.stream().anyMatch(String::isBlank)
                ? Optional.of(name + " has @WithoutTenant without a reason; write why it needs no tenant")
                : Optional.empty();
    }

    private static <A extends Annotation> Stream<A> annotations(AnnotatedElement[] elements, Class<A> type) {
        return Arrays.stream(elements)
                .flatMap(element ->
                        Optional.ofNullable(AnnotatedElementUtils.findMergedAnnotation(element, type)).stream());
    }
}
