package dev.lexigram.tenancy.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.tenant.InvalidTenantException;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantActivated;
import dev.lexigram.tenancy.tenant.TenantConflictException;
import dev.lexigram.tenancy.tenant.TenantDeactivated;
import dev.lexigram.tenancy.tenant.TenantEvent;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantNotFoundException;
import dev.lexigram.tenancy.tenant.TenantProvisioned;
import dev.lexigram.tenancy.tenant.TenantStateException;
import dev.lexigram.tenancy.tenant.TenantSuspended;
import dev.lexigram.tenancy.tenant.TenantUnavailableException;
import dev.lexigram.tenancy.tenant.TenantUpdated;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TenantStatusChangeTest extends LifecycleFixture {

    @Test
    void suspending_activating_and_deactivating_each_store_one_event_and_drop_the_caches() {
        var id = tenants.createTenant(new CreateTenantCommand("newco", "NewCo")).id();
        invalidated.clear();
        now = START.plusSeconds(60);

        var suspended = tenants.suspendTenant(id, "unpaid");
        var active = tenants.activateTenant(id);
        var inactive = tenants.deactivateTenant(id);

        assertThat(suspended.statusReason()).isEqualTo("unpaid");
        assertThat(suspended.updatedAt()).isAfter(suspended.createdAt());
        assertThat(active.statusReason()).as("activation clears the reason").isNull();
        assertThat(inactive.version()).isEqualTo(5);
        assertThat(store.events())
                .hasExactlyElementsOfTypes(
                        TenantProvisioned.class, TenantSuspended.class, TenantActivated.class, TenantDeactivated.class);
        assertThat(store.events()).extracting(TenantEvent::sequence).containsExactly(1L, 2L, 3L, 4L);
        assertThat(invalidated).containsExactly(id, id, id);
    }

    @Test
    void asking_for_the_present_status_changes_nothing() {
        var active = tenants.createTenant(new CreateTenantCommand("newco", "NewCo"));
        assertThat(tenants.activateTenant(active.id())).isEqualTo(active);

        var suspended = tenants.suspendTenant(active.id(), "unpaid");
        assertThat(tenants.suspendTenant(active.id(), "unpaid")).isEqualTo(suspended);

        var inactive = tenants.deactivateTenant(active.id());
        assertThat(tenants.deactivateTenant(active.id())).isEqualTo(inactive);
        assertThat(store.events()).hasSize(3);
    }

    @Test
    void a_new_reason_of_a_suspension_is_stored_and_reported_as_an_update() {
        var id = tenants.createTenant(new CreateTenantCommand("newco", "NewCo")).id();
        tenants.suspendTenant(id, "unpaid");

        var tenant = tenants.suspendTenant(id, "fraud");

        assertThat(tenant.statusReason()).isEqualTo("fraud");
        assertThat(store.events().get(2))
                .isInstanceOfSatisfying(
                        TenantUpdated.class, event -> assertThat(event.fields()).isEqualTo(Set.of("statusReason")));
    }

    @Test
    void a_reason_that_is_no_single_line_is_refused_and_nothing_changes() {
        var tenant = tenants.createTenant(new CreateTenantCommand("newco", "NewCo"));

        for (var reason : List.of("", " ", "a\nb", "a\u0000b", "x".repeat(501))) {
            assertThatThrownBy(() -> tenants.suspendTenant(tenant.id(), reason))
                    .isInstanceOf(InvalidTenantException.class)
                    .hasMessageContaining("reason");
        }
        assertThat(store.findById(tenant.id())).contains(tenant);
    }

    @Test
    void an_illegal_move_names_what_is_legal_and_changes_nothing() {
        var id = tenants.createTenant(new CreateTenantCommand("newco", "NewCo")).id();
        var inactive = tenants.deactivateTenant(id);

        assertThatThrownBy(() -> tenants.suspendTenant(id, "unpaid"))
                .isInstanceOf(TenantStateException.class)
                .hasMessageContaining("from inactive to suspended")
                .hasMessageContaining("[active, deleting]");
        assertThat(store.findById(id)).contains(inactive);
        assertThat(store.events()).hasSize(2);
    }

    @Test
    void an_unknown_tenant_is_not_found_by_any_change() {
        var id = TenantId.of("nobody");

        assertThatThrownBy(() -> tenants.activateTenant(id)).isInstanceOf(TenantNotFoundException.class);
        assertThatThrownBy(() -> tenants.deactivateTenant(id)).isInstanceOf(TenantNotFoundException.class);
        assertThatThrownBy(() -> tenants.suspendTenant(id, "x")).isInstanceOf(TenantNotFoundException.class);
        assertThat(store.events()).isEmpty();
    }

    @Test
    void a_change_that_was_overtaken_reads_again_and_decides_again() {
        var id = tenants.createTenant(new CreateTenantCommand("newco", "NewCo")).id();
        var overtaken = new Interfering(store);
        var rival = tenants;
        overtaken.beforeSave = () -> rival.suspendTenant(id, "rival");

        var result = service(overtaken, LifecycleConfig.DEFAULTS).suspendTenant(id, "unpaid");

        assertThat(result.statusReason()).isEqualTo("unpaid");
        assertThat(store.events())
                .hasExactlyElementsOfTypes(TenantProvisioned.class, TenantSuspended.class, TenantUpdated.class);
    }

    @Test
    void a_change_that_is_illegal_after_it_was_overtaken_is_refused() {
        var id = tenants.createTenant(new CreateTenantCommand("newco", "NewCo")).id();
        var overtaken = new Interfering(store);
        overtaken.beforeSave = () -> tenants.deactivateTenant(id);

        assertThatThrownBy(() -> service(overtaken, LifecycleConfig.DEFAULTS).suspendTenant(id, "unpaid"))
                .isInstanceOf(TenantStateException.class);
    }

    @Test
    void a_change_that_is_always_overtaken_gives_up() {
        var id = tenants.createTenant(new CreateTenantCommand("newco", "NewCo")).id();
        var overtaken = new Interfering(store) {
            @Override
            public Tenant save(Tenant tenant, long expectedVersion, List<TenantEvent> events) {
                saves++;
                throw TenantConflictException.of(tenant.id(), expectedVersion);
            }
        };

        assertThatThrownBy(() -> service(overtaken, LifecycleConfig.DEFAULTS).suspendTenant(id, "unpaid"))
                .isInstanceOf(TenantConflictException.class);
        assertThat(overtaken.saves).isEqualTo(10);
    }

    @Test
    void caches_are_dropped_after_a_save_whose_outcome_is_not_known() {
        var id = tenants.createTenant(new CreateTenantCommand("newco", "NewCo")).id();
        invalidated.clear();
        var failing = new Interfering(store);
        failing.beforeSave = () -> {
            throw TenantUnavailableException.of("The store", new IllegalStateException());
        };

        assertThatThrownBy(() -> service(failing, LifecycleConfig.DEFAULTS).suspendTenant(id, "unpaid"))
                .isInstanceOf(TenantUnavailableException.class);
        assertThat(invalidated).containsExactly(id);
    }
}
