package dev.lexigram.tenancy.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.tenant.Tenant;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WithTenantTest {

    private Optional<String> before = Optional.empty();

    @BeforeEach
    void look() {
        before = current();
    }

    @AfterAll
    static void nothing_stays_bound() {
        assertThat(TenantContext.current()).isEmpty();
    }

    @Test
    void without_the_annotation_no_tenant_is_bound() {
        assertThat(current()).isEmpty();
        assertThat(before).isEmpty();
    }

    @Test
    @WithTenant("acme")
    void with_it_the_test_and_what_runs_before_it_run_as_the_tenant() {
        assertThat(current()).contains("acme");
        assertThat(before).contains("acme");
        assertThat(TenantContext.require().isActive()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @WithTenant("acme")
    void a_test_that_is_repeated_runs_as_the_tenant_each_time(int time) {
        assertThat(current()).contains("acme");
    }

    @Nested
    @WithTenant("globex")
    class OnTheClass {

        @Test
        void it_holds_for_every_method() {
            assertThat(current()).contains("globex");
        }

        @Test
        @WithTenant("acme")
        void and_that_of_the_method_beats_it() {
            assertThat(current()).contains("acme");
        }

        @Nested
        class AndWithin {

            @Test
            void it_holds_too() {
                assertThat(current()).contains("globex");
            }
        }
    }

    private static Optional<String> current() {
        return TenantContext.current().map(Tenant::id).map(Object::toString);
    }
}
