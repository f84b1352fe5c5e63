package dev.lexigram.tenancy.example;

import static dev.lexigram.tenancy.testkit.TenantRouteRules.assertEveryRouteSaysWhetherItNeedsATenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

@InvoicingTest
class RoutesTest {

    @Autowired
    private RequestMappingHandlerMapping mapping;

    @Test
    void AZ_05_every_route_says_whether_it_needs_a_tenant() {
        assertThat(ownHandlers()).hasSize(14);
        assertEveryRouteSaysWhetherItNeedsATenant(ownHandlers());
    }

    @Test
    void AZ_05_a_forgotten_route_is_found() throws NoSuchMethodException {
        var planted = Planted.class.getDeclaredMethod("forgotten");
        var handlers = Stream.concat(ownHandlers().stream(), Stream.of(planted)).toList();

        assertThatThrownBy(() -> assertEveryRouteSaysWhetherItNeedsATenant(handlers))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Planted.forgotten has neither");
    }

    private Set<Method> ownHandlers() {
        return mapping.getHandlerMethods().values().stream()
                .filter(RoutesTest::isOfTheService)
                .map(HandlerMethod::getMethod)
                .collect(Collectors.toSet());
    }

    /** The framework has routes of its own, and tests have some, too. */
    static boolean isOfTheService(HandlerMethod handler) {
        var place = handler.getBeanType().getProtectionDomain().getCodeSource();
        return place != null
                && place.equals(InvoicingApplication.class.getProtectionDomain().getCodeSource());
    }

    private static final class Planted {

        @GetMapping("/forgotten")
        void forgotten() {}
    }
}
