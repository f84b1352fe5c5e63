package dev.lexigram.tenancy.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TenantExceptionTest {

    private static final TenantId ID = TenantId.of("t1");
    private static final Tenant TENANT = Tenant.active(ID, Slug.of("acme"), "Acme", Instant.EPOCH);
    private static final Exception CAUSE = new IllegalStateException("password=secret; select 1");

    static Stream<Arguments> codes() {
        return Stream.of(
                Arguments.of("002", TenantNotFoundException.of(ID)),
                Arguments.of(
                        "003",
                        TenantInactiveException.of(TENANT.withStatus(TenantStatus.INACTIVE, null, Instant.EPOCH))),
                Arguments.of("004", TenantProvisioningException.of(ID, "step 1 failed", CAUSE)),
                Arguments.of("005", TenantResolutionException.of("header", "ambiguous")),
                Arguments.of("006", TenantConfigException.misfit("max_users", "a whole number")),
                Arguments.of("007", TenantSlugConflictException.of("acme")),
                Arguments.of(
                        "008",
                        TenantSuspendedException.of(
                                TENANT.withStatus(TenantStatus.SUSPENDED, "unpaid", Instant.EPOCH))),
                Arguments.of("010", TenantRequiredException.of("This work")),
                Arguments.of("011", TenantMismatchException.of(TENANT, null)),
                Arguments.of("012", TenantAccessDeniedException.refused()),
                Arguments.of("013", TenantStateException.of(ID, TenantStatus.ACTIVE, TenantStatus.FAILED, Set.of())),
                Arguments.of("014", TenantConflictException.of(ID, 3)),
                Arguments.of("015", TenantIsolationException.of("Table x has no policy; add one.")),
                Arguments.of("017", TenantUnavailableException.of("The store", CAUSE)),
                Arguments.of("021", InvalidTenantException.of("slug", "the rule", "../x")),
                Arguments.of("022", TenancyConfigurationException.of(List.of("write this instead"))));
    }

    @ParameterizedTest
    @MethodSource("codes")
    void each_error_has_its_stable_code_and_keeps_what_its_cause_says_to_itself(String number, TenantException error) {
        assertThat(error.code()).isEqualTo("LEX_ERR_TENANT_" + number);
        assertThat(error.getMessage()).isNotBlank().doesNotContain("secret", "select", "../x");
    }

    @Test
    void no_two_errors_share_a_code() {
        assertThat(codes().map(row -> row.get()[0])).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("codes")
    void an_error_is_unchecked_and_made_by_its_factories_only(String number, TenantException error) {
        assertThat(error).isInstanceOf(RuntimeException.class);
        assertThat(error.getClass().getDeclaredConstructors())
                .allMatch(made -> Modifier.isPrivate(made.getModifiers()));
        assertThat(Modifier.isFinal(error.getClass().getModifiers())).isTrue();
    }
}
