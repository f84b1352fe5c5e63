package dev.lexigram.tenancy.spring.start;

import java.util.Arrays;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.util.ClassUtils;

/** The type of a bean that tenancy has put in the place of the application's. */
final class WrappedType {

    private static final String LIBRARY = "dev.lexigram.tenancy.";

    private WrappedType() {}

    static boolean isOurs(Class<?> type) {
        return type.getName().startsWith(LIBRARY);
    }

    static FailureAnalysis analysis(String bean, Class<?> actual, Class<?> wanted, Throwable cause) {
        return new FailureAnalysis(
                "Bean '" + bean + "' was wanted as a " + wanted.getName() + ", but is wrapped by tenancy: it is a "
                        + actual.getName() + ", so that whoever uses it is confined to the current tenant.",
                action(bean, actual, wanted),
                cause);
    }

    private static String action(String bean, Class<?> actual, Class<?> wanted) {
        if (!DataSource.class.isAssignableFrom(actual)) {
            return "Inject it by its interface: " + interfaces(actual, wanted) + ".";
        }
        return """
                Inject javax.sql.DataSource. For the pool's own figures or settings, and nothing else, write where you
                use them, after the start:

                  dataSource.unwrap(%s.class)

                A DataSource that holds no tenant's data stays as it is with

                  tenancy.isolation.exclude: %s""".formatted(wanted.getSimpleName(), bean);
    }

    private static String interfaces(Class<?> actual, Class<?> wanted) {
        return Arrays.stream(ClassUtils.getAllInterfacesForClass(actual))
                .filter(shared -> shared.isAssignableFrom(wanted))
                .map(Class::getName)
                .collect(Collectors.joining(" or "));
    }
}
