package dev.lexigram.tenancy.enforcement;

import static dev.lexigram.tenancy.enforcement.Tenants.acme;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.tenant.TenantAccessDeniedException;
import dev.lexigram.tenancy.tenant.TenantException;
import dev.lexigram.tenancy.tenant.TenantRequiredException;
import dev.lexigram.tenancy.tenant.TenantStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TenantGuardTest {

    private final TenantGuard guard = new TenantGuard();

    @Test
    void passes_an_active_tenant() {
        TenantContext.runAs(acme(), () -> assertThat(guard.require()).isEqualTo(acme()));
    }

    @Test
    void refuses_work_without_a_tenant() {
        assertThatThrownBy(guard::require).isInstanceOf(TenantRequiredException.class);
        assertThatThrownBy(() -> guard.require("acme")).isInstanceOf(TenantRequiredException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "PROVISIONING, LEX_ERR_TENANT_012",
        "INACTIVE,     LEX_ERR_TENANT_003",
        "SUSPENDED,    LEX_ERR_TENANT_008",
        "FAILED,       LEX_ERR_TENANT_012",
        "DELETING,     LEX_ERR_TENANT_012",
        "DELETED,      LEX_ERR_TENANT_012"
    })
    void refuses_a_tenant_that_is_bound_and_not_active(TenantStatus status, String code) {
        var tenant = Tenants.in(status, acme());

        TenantContext.runAs(tenant, () -> {
            assertThatThrownBy(guard::require)
                    .isInstanceOfSatisfying(
                            TenantException.class,
                            refused -> assertThat(refused.code()).isEqualTo(code));
            assertThatThrownBy(() -> guard.require("acme")).isInstanceOf(TenantException.class);
            // Control: the context itself lets it through.
            assertThat(TenantContext.require()).isEqualTo(tenant);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"tenant-a", "acme"})
    void passes_the_required_tenant_by_id_and_by_slug(String required) {
        TenantContext.runAs(acme(), () -> assertThat(guard.require(required)).isEqualTo(acme()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"globex", "tenant-b", "ACME", "acme ", "", "acm"})
    void refuses_every_other_tenant(String required) {
        TenantContext.runAs(acme(), () -> {
            assertThatThrownBy(() -> guard.require(required)).isInstanceOf(TenantAccessDeniedException.class);
            // Control: without a required tenant it passes.
            assertThat(guard.require()).isEqualTo(acme());
        });
    }
}
