package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.overrides.TenantConfig;
import dev.lexigram.tenancy.stores.ConfigChange;
import dev.lexigram.tenancy.tenant.TenantConfigException;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Gives parameters marked with {@link TenantValue} their value. Spring's converters take no part: some of them evaluate
 * placeholders or load classes, and the text is a tenant's.
 */
final class TenantValueArguments implements HandlerMethodArgumentResolver {

    private final ObjectProvider<TenantConfig> config;

    TenantValueArguments(ObjectProvider<TenantConfig> config) {
        this.config = config;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.hasParameterAnnotation(TenantValue.class);
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        var key = key(parameter).orElseThrow();
        var value = config.getObject().get(key, type(parameter));
        return parameter.isOptional() && parameter.getParameterType() == Optional.class
                ? value
                : value.orElseThrow(() -> TenantConfigException.missing(key));
    }

    /** What is wrong with the marked parameters of this handler. */
    static Stream<String> problems(HandlerMethod handler) {
        return Stream.of(handler.getMethodParameters())
                .flatMap(parameter -> key(parameter)
                        .flatMap(key -> problem(key, type(parameter)))
                        .map(wrong -> handler.getShortLogMessage() + ": " + wrong)
                        .stream());
    }

    private static Optional<String> problem(String key, Class<?> type) {
        try {
            ConfigChange.checkKey(key);
        } catch (TenantConfigException malformed) {
            return Optional.of("@TenantValue: " + malformed.getMessage());
        }
        return TenantConfig.canRead(type)
                ? Optional.empty()
                : Optional.of("@TenantValue(\"" + key + "\") cannot be a " + type.getName() + "; make it a String, a"
                        + " boolean, an int, a long, a BigDecimal, a Duration, an enum, or an Optional of those");
    }

    private static Optional<String> key(MethodParameter parameter) {
        return Optional.ofNullable(parameter.getParameterAnnotation(TenantValue.class))
                .map(TenantValue::value);
    }

    private static Class<?> type(MethodParameter parameter) {
        return parameter.nestedIfOptional().getNestedParameterType();
    }
}
