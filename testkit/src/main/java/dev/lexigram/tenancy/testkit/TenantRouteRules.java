package dev.lexigram.tenancy.testkit;

import dev.lexigram.tenancy.enforcement.RequireTenant;
import dev.lexigram.tenancy.enforcement.WithoutTenant;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * The rule that no endpoint is forgotten: each says, itself or by its class, either {@link RequireTenant} or
 * {@link WithoutTenant} and why. Give it the handler methods that your web framework has mapped; it knows no framework.
 */
public final class TenantRouteRules {

    private TenantRouteRules() {}

    /** @throws AssertionError naming every handler that breaks the rule, or if there is no handler at all */
    public static void assertEveryRouteSaysWhetherItNeedsATenant(Collection<Method> handlers) {
        if (handlers.isEmpty()) {
            throw new AssertionError("There is no route to check, so nothing is proved; give the mapped handlers.");
        }
        var problems = handlers.stream()
                .flatMap(handler -> problem(handler).stream())
                .sorted()
                .toList();
        if (!problems.isEmpty()) {
            throw new AssertionError(
                    "A route needs @RequireTenant or @WithoutTenant(\"why\"):\n  " + String.join("\n  ", problems));
        }
    }

    private static Optional<String> problem(Method handler) {
        var required = has(handler, RequireTenant.class);
        var reasons = reasons(handler);
        if (required == reasons.isEmpty()) {
            return reasons.stream().anyMatch(String::isBlank)
                    ? Optional.of(name(handler) + " does not say why it needs none")
                    : Optional.empty();
        }
        return Optional.of(name(handler) + (required ? " has both" : " has neither"));
    }

    private static List<String> reasons(Method handler) {
        return Stream.of(handler, handler.getDeclaringClass())
                .flatMap(element -> AnnotationSupport.findAnnotation(element, WithoutTenant.class).stream())
                .map(WithoutTenant::value)
                .toList();
    }

    private static boolean has(Method handler, Class<RequireTenant> annotation) {
        return AnnotationSupport.isAnnotated(handler, annotation)
                || AnnotationSupport.isAnnotated(handler.getDeclaringClass(), annotation);
    }

    private static String name(Method handler) {
        return handler.getDeclaringClass().getName() + "." + handler.getName();
    }
}
