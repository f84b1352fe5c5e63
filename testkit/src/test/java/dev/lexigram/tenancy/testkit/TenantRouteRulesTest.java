package dev.lexigram.tenancy.testkit;

import static dev.lexigram.tenancy.testkit.TenantRouteRules.assertEveryRouteSaysWhetherItNeedsATenant;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.enforcement.RequireTenant;
import dev.lexigram.tenancy.enforcement.WithoutTenant;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TenantRouteRulesTest {

    @Test
    void passes_routes_that_decide_themselves_or_by_their_class() {
        assertThatCode(() -> assertEveryRouteSaysWhetherItNeedsATenant(routes(Decided.class, Guarded.class)))
                .doesNotThrowAnyException();
    }

    @Test
    void names_every_route_that_has_none_or_both_or_a_blank_reason() {
        assertThatThrownBy(() -> assertEveryRouteSaysWhetherItNeedsATenant(routes(Planted.class, GuardedButOpen.class)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll(
                        "Planted.forgotten has neither",
                        "Planted.both has both",
                        "Planted.blank does not say why",
                        "GuardedButOpen.open has both");
    }

    @Test
    void refuses_to_prove_something_of_no_route() {
        assertThatThrownBy(() -> assertEveryRouteSaysWhetherItNeedsATenant(List.of()))
                .isInstanceOf(AssertionError.class);
    }

    private static List<Method> routes(Class<?>... controllers) {
        return Arrays.stream(controllers)
                .flatMap(controller -> Arrays.stream(controller.getDeclaredMethods()))
                .toList();
    }

    static class Decided {
        @RequireTenant
        void guarded() {}

        @WithoutTenant("prices are public")
        void open() {}
    }

    @RequireTenant
    static class Guarded {
        void byItsClass() {}

        @RequireTenant("acme")
        void forOneTenantOnly() {}
    }

    static class Planted {
        void forgotten() {}

        @RequireTenant
        @WithoutTenant("undecided")
        void both() {}

        @WithoutTenant(" ")
        void blank() {}
    }

    @RequireTenant
    static class GuardedButOpen {
        @WithoutTenant("prices are public")
        void open() {}
    }
}
