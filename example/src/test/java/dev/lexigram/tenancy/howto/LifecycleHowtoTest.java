package dev.lexigram.tenancy.howto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.Tenancy;
import dev.lexigram.tenancy.isolation.DeprovisionPolicy;
import dev.lexigram.tenancy.lifecycle.CreateTenantCommand;
import dev.lexigram.tenancy.lifecycle.EraseReport;
import dev.lexigram.tenancy.lifecycle.TenantProvider;
import dev.lexigram.tenancy.lifecycle.UpdateTenantCommand;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantSlugConflictException;
import dev.lexigram.tenancy.tenant.TenantStatus;
import org.junit.jupiter.api.Test;

class LifecycleHowtoTest {

    private final Tenancy tenancy = Tenancy.stub();

    @Test
    void a_new_tenant_is_active_and_its_slug_is_taken() {
        // tag::create[]
        TenantProvider tenants = tenancy.tenants();
        Tenant tenant = tenants.createTenant(new CreateTenantCommand("newco", "NewCo Inc."));
        // end::create[]

        assertThat(tenant.isActive()).isTrue();
        assertThatThrownBy(() -> tenants.createTenant(new CreateTenantCommand("newco", "NewCo Inc.")))
                .isInstanceOf(TenantSlugConflictException.class);
    }

    @Test
    void asking_again_under_the_same_key_gives_the_same_tenant() {
        TenantProvider tenants = tenancy.tenants();
        var requestId = "6b2b2f0e";
        // tag::key[]
        var command = new CreateTenantCommand("newco", "NewCo Inc.").withIdempotencyKey(requestId);
        Tenant tenant = tenants.createTenant(command);
        Tenant same = tenants.createTenant(command);
        // end::key[]

        assertThat(same).isEqualTo(tenant);
    }

    @Test
    void a_tenant_is_changed() {
        TenantProvider tenants = tenancy.tenants();
        var id = create(tenants);
        // tag::update[]
        tenants.updateTenant(
                id, new UpdateTenantCommand().withName("NewCo Ltd.").withPlan("gold"));
        // end::update[]

        assertThat(tenants.getTenant(id).orElseThrow().name()).isEqualTo("NewCo Ltd.");
    }

    @Test
    void a_deletion_can_be_cancelled() {
        TenantProvider tenants = tenancy.tenants();
        var id = create(tenants);
        // tag::delete[]
        tenants.deleteTenant(id, DeprovisionPolicy.DROP);
        tenants.cancelDeletion(id);
        // end::delete[]

        assertThat(tenants.getTenant(id).orElseThrow().status()).isEqualTo(TenantStatus.INACTIVE);
    }

    @Test
    void a_tenant_can_be_held_and_removed_at_once() {
        TenantProvider tenants = tenancy.tenants();
        var id = create(tenants);
        tenants.deleteTenant(id, DeprovisionPolicy.DROP);
        // tag::purge[]
        tenants.placeLegalHold(id, "case 4711");
        tenants.releaseLegalHold(id);
        EraseReport report = tenants.purgeBeforeGrace(id, "its owner asked for it");
        // end::purge[]

        assertThat(report.policy()).isEqualTo(DeprovisionPolicy.DROP);
        assertThat(tenants.getTenant(id).orElseThrow().status()).isEqualTo(TenantStatus.DELETED);
    }

    private static TenantId create(TenantProvider tenants) {
        return tenants.createTenant(new CreateTenantCommand("newco", "NewCo Inc."))
                .id();
    }
}
