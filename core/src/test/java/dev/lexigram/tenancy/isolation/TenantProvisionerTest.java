package dev.lexigram.tenancy.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.tenant.InvalidTenantException;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantProvisioningException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantProvisionerTest {

    private static final TenantId ID = TenantId.of("Tenant-A_1");

    private final RecordingStrategy strategy = new RecordingStrategy("row_level");
    private final TenantProvisioner provisioner = new TenantProvisioner(strategy, true);

    @Test
    void hands_the_id_on_unchanged() {
        provisioner.provision(ID);
        provisioner.provision("Tenant-A_1");
        provisioner.deprovision(ID);
        provisioner.deprovision("Tenant-A_1");

        assertThat(strategy.calls())
                .containsExactly(
                        "provision Tenant-A_1",
                        "provision Tenant-A_1",
                        "deprovision Tenant-A_1",
                        "deprovision Tenant-A_1");
    }

    @Test
    void calls_nothing_when_it_is_switched_off() {
        var off = new TenantProvisioner(strategy, false);

        off.provision(ID);
        off.deprovision(ID);
        off.provision("Tenant-A_1");

        assertThat(strategy.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\"; drop schema public; --", "../a", "a b", "public", "-a", "a\u0000"})
    void refuses_what_is_no_id_before_anything_else(String id) {
        for (var provisioner : new TenantProvisioner[] {provisioner, new TenantProvisioner(strategy, false)}) {
            assertThatThrownBy(() -> provisioner.provision(id))
                    .isInstanceOf(TenantProvisioningException.class)
                    .hasCauseInstanceOf(InvalidTenantException.class)
                    .hasMessageNotContaining("drop");
            assertThatThrownBy(() -> provisioner.deprovision(id)).isInstanceOf(TenantProvisioningException.class);
        }
        assertThat(strategy.calls()).isEmpty();
    }

    @Test
    void a_failure_is_told_in_our_words_with_the_cause_kept() {
        var cause = new IllegalStateException("password=secret");
        strategy.fail(cause);

        assertThatThrownBy(() -> provisioner.provision(ID))
                .isInstanceOf(TenantProvisioningException.class)
                .hasMessageContaining("'Tenant-A_1' could not be provisioned: isolation strategy 'row_level' failed")
                .hasMessageNotContaining("secret")
                .hasCause(cause);
        assertThatThrownBy(() -> provisioner.deprovision(ID))
                .isInstanceOf(TenantProvisioningException.class)
                .hasMessageContaining("'Tenant-A_1' could not be removed")
                .hasCause(cause);
    }

    @Test
    void a_failure_that_says_enough_stays_as_it_is() {
        var known = TenantProvisioningException.of(ID, "the schema belongs to another tenant", new Exception());
        strategy.fail(known);

        assertThatThrownBy(() -> provisioner.provision(ID)).isSameAs(known);
        assertThatThrownBy(() -> provisioner.deprovision(ID)).isSameAs(known);
    }
}
