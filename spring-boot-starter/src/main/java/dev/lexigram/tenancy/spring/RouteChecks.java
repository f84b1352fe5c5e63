package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.handler.AbstractHandlerMethodMapping;

/**
 * Ends the start if a handler says that it needs no tenant and not why, or says both, or wants a tenant's value as a type
 * that none has.
 */
final class RouteChecks implements SmartInitializingSingleton {

    private final ObjectProvider<HandlerMapping> mappings;

    RouteChecks(ObjectProvider<HandlerMapping> mappings) {
        this.mappings = mappings;
    }

    @Override
    public void afterSingletonsInstantiated() {
        var problems = mappings.stream()
                .flatMap(RouteChecks::handlers)
                .flatMap(handler -> Stream.concat(
                        TenantGuardInterceptor.demand(handler)
                                .problem(handler.getMethod(), handler.getBeanType())
                                .stream(),
                        TenantValueArguments.problems(handler)))
                .distinct()
                .sorted()
                .toList();
        if (!problems.isEmpty()) {
            throw TenancyConfigurationException.of(List.copyOf(problems));
        }
    }

    private static Stream<HandlerMethod> handlers(HandlerMapping mapping) {
        return mapping instanceof AbstractHandlerMethodMapping<?> methods
                ? methods.getHandlerMethods().values().stream()
                : Stream.empty();
    }
}
