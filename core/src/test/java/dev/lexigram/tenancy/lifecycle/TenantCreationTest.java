package dev.lexigram.tenancy.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.stores.TenantQuery;
import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantIsolationException;
import dev.lexigram.tenancy.tenant.TenantProvisioned;
import dev.lexigram.tenancy.tenant.TenantProvisioningException;
import dev.lexigram.tenancy.tenant.TenantSlugConflictException;
import dev.lexigram.tenancy.tenant.TenantStatus;
import dev.lexigram.tenancy.tenant.TenantUnavailableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TenantCreationTest extends LifecycleFixture {

    @Test
    void a_created_tenant_is_provisioned_active_and_reported_by_one_event() {
        var command = new CreateTenantCommand("newco", "NewCo Inc.")
                .withPlan("gold")
                .withConfig(Map.of("seats", 5))
                .withMetadata(Map.of("source", "web"));

        var tenant = tenants.createTenant(command);

        assertThat(tenant.status()).isEqualTo(TenantStatus.ACTIVE);
        assertThat(tenant.plan()).isEqualTo("gold");
        assertThat(tenant.config()).containsEntry("seats", 5);
        assertThat(tenant.metadata()).containsEntry("source", "web");
        assertThat(tenant.strategy()).isEqualTo("row_level");
        assertThat(tenant.createdAt()).isEqualTo(Instant.parse("2026-10-01T08:00:00Z"));
        assertThat(tenant.id().value()).hasSize(36).isLowerCase();
        assertThat(provisioned).containsExactly(tenant.id());
        assertThat(store.findById(tenant.id())).contains(tenant);
        assertThat(store.events()).singleElement().isInstanceOfSatisfying(TenantProvisioned.class, event -> {
            assertThat(event.tenantId()).isEqualTo(tenant.id());
            assertThat(event.slug()).isEqualTo(Slug.of("newco"));
            assertThat(event.plan()).isEqualTo("gold");
            assertThat(event.actor()).isEqualTo("ada");
            assertThat(event.sequence()).isEqualTo(1);
        });
    }

    @Test
    void while_it_is_provisioned_a_tenant_is_not_active() {
        var seen = new ArrayList<TenantStatus>();
        place.work = id -> seen.add(store.findById(id).orElseThrow().status());

        tenants.createTenant(new CreateTenantCommand("newco", "NewCo"));

        assertThat(seen).containsExactly(TenantStatus.PROVISIONING);
    }

    @Test
    void creating_a_taken_slug_stores_nothing_and_provisions_nothing() {
        tenants.createTenant(new CreateTenantCommand("newco", "NewCo"));

        assertThatThrownBy(() -> tenants.createTenant(new CreateTenantCommand("newco", "Other")))
                .isInstanceOf(TenantSlugConflictException.class);
        assertThat(store.page(TenantQuery.FIRST).tenants()).hasSize(1);
        assertThat(store.events()).hasSize(1);
        assertThat(provisioned).hasSize(1);
    }

    @Test
    void a_failed_provisioning_leaves_a_failed_tenant_no_event_and_a_free_slug() {
        place.work = id -> {
            throw new IllegalStateException("disk full");
        };

        assertThatThrownBy(
                        () -> tenants.createTenant(new CreateTenantCommand("newco", "NewCo").withId(TenantId.of("t1"))))
                .isInstanceOf(TenantProvisioningException.class)
                .hasMessageContaining("t1")
                .hasMessageNotContaining("disk full");
        assertThat(store.findById(TenantId.of("t1"))).get().satisfies(tenant -> {
            assertThat(tenant.status()).isEqualTo(TenantStatus.FAILED);
            assertThat(tenant.statusReason()).isEqualTo("provisioning failed");
        });
        assertThat(store.events()).isEmpty();

        place.work = id -> {};
        assertThat(tenants.createTenant(new CreateTenantCommand("newco", "NewCo"))
                        .isActive())
                .isTrue();
    }

    @Test
    void a_store_that_fails_after_a_failed_provisioning_hides_no_cause() {
        var failing = new Interfering(store);
        var service = service(failing, LifecycleConfig.DEFAULTS);
        place.work = id -> {
            failing.beforeSave = () -> {
                throw TenantUnavailableException.of("The store", new IllegalStateException());
            };
            throw new IllegalStateException("disk full");
        };

        assertThatThrownBy(() -> service.createTenant(new CreateTenantCommand("newco", "NewCo")))
                .isInstanceOf(TenantProvisioningException.class)
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .singleElement()
                        .isInstanceOf(TenantUnavailableException.class));
        assertThat(store.page(TenantQuery.FIRST).tenants())
                .extracting(Tenant::status)
                .containsExactly(TenantStatus.PROVISIONING);
    }

    @Test
    void an_unknown_strategy_is_refused_before_anything_is_stored() {
        assertThatThrownBy(() -> tenants.createTenant(new CreateTenantCommand("newco", "NewCo").withStrategy("cloud")))
                .isInstanceOf(TenantIsolationException.class)
                .hasMessageContaining("row_level");

        assertThat(store.page(TenantQuery.FIRST).tenants()).isEmpty();
        assertThat(invalidated).isEmpty();
    }

    @Test
    void without_automatic_provisioning_the_strategy_is_not_called_and_the_event_is_the_same() {
        var config = LifecycleConfig.DEFAULTS.withAutoProvisionIsolation(false);

        var tenant = service(store, config).createTenant(new CreateTenantCommand("newco", "NewCo"));

        assertThat(tenant.isActive()).isTrue();
        assertThat(provisioned).isEmpty();
        assertThat(store.events()).singleElement().isInstanceOf(TenantProvisioned.class);
    }

    @Test
    void all_tenants_are_listed_over_pages_and_the_active_ones_alone_on_request() {
        for (var index = 0; index < 1_200; index++) {
            now = START.plusSeconds(index);
            tenants.createTenant(new CreateTenantCommand("t" + index, "T" + index));
        }
        tenants.suspendTenant(
                tenants.getTenantBySlug(Slug.of("t7")).orElseThrow().id(), "unpaid");

        assertThat(tenants.listTenants(false))
                .hasSize(1_200)
                .extracting(Tenant::name)
                .startsWith("T0", "T1");
        assertThat(tenants.listTenants(true)).hasSize(1_199).allMatch(Tenant::isActive);
        assertThat(tenants.listTenants(TenantQuery.FIRST.withLimit(10)).tenants())
                .hasSize(10);
    }
}
