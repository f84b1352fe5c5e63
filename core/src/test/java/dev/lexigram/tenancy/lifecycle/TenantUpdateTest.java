package dev.lexigram.tenancy.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.isolation.DeprovisionPolicy;
import dev.lexigram.tenancy.tenant.InvalidTenantException;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantConflictException;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantNotFoundException;
import dev.lexigram.tenancy.tenant.TenantStateException;
import dev.lexigram.tenancy.tenant.TenantStatus;
import dev.lexigram.tenancy.tenant.TenantUpdated;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TenantUpdateTest extends LifecycleFixture {

    private static final UpdateTenantCommand RENAMED = new UpdateTenantCommand().withName("NewCo Ltd.");

    private Tenant newco;

    @BeforeEach
    void create() {
        newco = tenants.createTenant(new CreateTenantCommand("newco", "NewCo")
                .withPlan("gold")
                .withConfig(Map.of("region", "eu"))
                .withMetadata(Map.of("owner", "Ada", "seats", 3)));
        invalidated.clear();
    }

    @Test
    void T_7_what_is_not_mentioned_stays_and_maps_are_replaced_whole() {
        now = START.plusSeconds(60);

        var updated = tenants.updateTenant(newco.id(), RENAMED.withMetadata(Map.of("owner", "Grace")));

        assertThat(updated)
                .usingRecursiveComparison()
                .ignoringFields("name", "metadata", "updatedAt", "version")
                .isEqualTo(newco);
        assertThat(updated.name()).isEqualTo("NewCo Ltd.");
        assertThat(updated.metadata()).isEqualTo(Map.of("owner", "Grace"));
        assertThat(updated.version()).isEqualTo(newco.version() + 1);
        assertThat(updated.updatedAt()).isAfter(newco.updatedAt());
        assertThat(store.findById(newco.id())).hasValue(updated);
    }

    @Test
    void T_7_a_plan_is_changed_and_taken_away() {
        assertThat(tenants.updateTenant(newco.id(), new UpdateTenantCommand().withPlan("silver"))
                        .plan())
                .isEqualTo("silver");
        assertThat(tenants.updateTenant(newco.id(), new UpdateTenantCommand().withoutPlan())
                        .plan())
                .isNull();
    }

    @Test
    void L_7_the_event_names_what_changed_and_the_caches_drop_the_tenant() {
        tenants.updateTenant(newco.id(), RENAMED.withPlan("gold").withConfig(Map.of()));

        assertThat(store.events().get(1)).isInstanceOfSatisfying(TenantUpdated.class, event -> {
            assertThat(event.fields()).isEqualTo(Set.of("name", "config"));
            assertThat(event.actor()).isEqualTo("ada");
        });
        assertThat(invalidated).containsExactly(newco.id());
    }

    @Test
    void L_7_nothing_happens_if_nothing_differs() {
        var same = new UpdateTenantCommand().withName("NewCo").withPlan("gold");

        assertThat(tenants.updateTenant(newco.id(), same)).isEqualTo(newco);
        assertThat(store.events()).hasSize(1);
        assertThat(invalidated).isEmpty();
    }

    @Test
    void T_4_a_value_that_is_not_allowed_is_refused_and_nothing_changes() {
        for (var bad : List.of(
                new UpdateTenantCommand().withName(" "),
                new UpdateTenantCommand().withPlan("No Plan"),
                RENAMED.withMetadata(Map.of("owner", new Object())))) {
            assertThatThrownBy(() -> tenants.updateTenant(newco.id(), bad)).isInstanceOf(InvalidTenantException.class);
        }
        assertThat(store.findById(newco.id())).hasValue(newco);
    }

    @Test
    void who_expects_an_older_version_is_refused_once_and_for_all() {
        var slow = new Interfering(store);
        var racing = service(slow, LifecycleConfig.DEFAULTS);
        tenants.updateTenant(newco.id(), new UpdateTenantCommand().withPlan("silver"));

        assertThatThrownBy(() -> racing.updateTenant(newco.id(), RENAMED.withExpectedVersion(newco.version())))
                .isInstanceOf(TenantConflictException.class);

        slow.beforeSave = () -> tenants.updateTenant(newco.id(), new UpdateTenantCommand().withPlan("bronze"));
        assertThatThrownBy(() -> racing.updateTenant(newco.id(), RENAMED.withExpectedVersion(newco.version() + 1)))
                .as("overtaken between reading and writing")
                .isInstanceOf(TenantConflictException.class);
        assertThat(store.findById(newco.id())).map(Tenant::name).hasValue("NewCo");

        // Control: who expects nothing is decided again on what is there now.
        slow.beforeSave = () -> tenants.updateTenant(newco.id(), new UpdateTenantCommand().withPlan("tin"));
        var updated = racing.updateTenant(newco.id(), RENAMED);
        assertThat(updated.name()).isEqualTo("NewCo Ltd.");
        assertThat(updated.plan()).isEqualTo("tin");
    }

    @Test
    void a_tenant_that_is_being_made_or_removed_is_not_changed() {
        place.work = id -> assertThatThrownBy(() -> tenants.updateTenant(id, RENAMED))
                .isInstanceOf(TenantStateException.class)
                .hasMessageContaining("provisioning");
        tenants.createTenant(new CreateTenantCommand("other", "Other"));

        tenants.suspendTenant(newco.id(), "unpaid");
        assertThat(tenants.updateTenant(newco.id(), RENAMED).status()).isEqualTo(TenantStatus.SUSPENDED);
        tenants.deleteTenant(newco.id(), DeprovisionPolicy.DROP);
        var again = new UpdateTenantCommand().withName("Again");
        assertThatThrownBy(() -> tenants.updateTenant(newco.id(), again)).isInstanceOf(TenantStateException.class);
        tenants.purgeBeforeGrace(newco.id(), "asked for");
        assertThatThrownBy(() -> tenants.updateTenant(newco.id(), again)).isInstanceOf(TenantStateException.class);
        assertThatThrownBy(() -> tenants.updateTenant(TenantId.of("nobody"), RENAMED))
                .isInstanceOf(TenantNotFoundException.class);
    }
}
