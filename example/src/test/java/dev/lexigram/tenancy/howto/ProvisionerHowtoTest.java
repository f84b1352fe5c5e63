package dev.lexigram.tenancy.howto;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.isolation.TenantProvisioner;
import dev.lexigram.tenancy.postgres.isolation.RowLevelIsolationStrategy;
import dev.lexigram.tenancy.tenant.InvalidTenantException;
import dev.lexigram.tenancy.tenant.TenantId;
import org.junit.jupiter.api.Test;

class ProvisionerHowtoTest {

    @Test
    void a_row_level_tenant_needs_no_place_of_its_own_so_both_succeed() {
        assertThatCode(ProvisionerHowtoTest::provisionAndDeprovision).doesNotThrowAnyException();
    }

    @Test
    void what_is_no_id_gets_no_further() {
        assertThatThrownBy(() -> TenantId.of("../etc")).isInstanceOf(InvalidTenantException.class);
    }

    private static void provisionAndDeprovision() {
        // tag::provisioner[]
        TenantProvisioner provisioner = new TenantProvisioner(new RowLevelIsolationStrategy(), true);
        provisioner.provision(TenantId.of("tenant-xyz"));
        provisioner.deprovision(TenantId.of("tenant-xyz"));
        // end::provisioner[]
    }
}
