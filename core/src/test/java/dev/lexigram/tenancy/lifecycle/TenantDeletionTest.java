package dev.lexigram.tenancy.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.isolation.DeprovisionPolicy;
import dev.lexigram.tenancy.isolation.ErasedResource;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantConfigChanged;
import dev.lexigram.tenancy.tenant.TenantDeleted;
import dev.lexigram.tenancy.tenant.TenantDeletionCancelled;
import dev.lexigram.tenancy.tenant.TenantDeletionScheduled;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantIsolationException;
import dev.lexigram.tenancy.tenant.TenantProvisioned;
import dev.lexigram.tenancy.tenant.TenantProvisioningException;
import dev.lexigram.tenancy.tenant.TenantSlugConflictException;
import dev.lexigram.tenancy.tenant.TenantStateException;
import dev.lexigram.tenancy.tenant.TenantStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TenantDeletionTest extends LifecycleFixture {

    private static final Duration GRACE = Duration.ofDays(30);

    @Test
    void deleting_ends_access_at_once_and_keeps_everything_until_the_grace_is_over() {
        var id = create("newco");
        invalidated.clear();

        var deleting = tenants.deleteTenant(id, DeprovisionPolicy.DROP);

        assertThat(deleting.status()).isEqualTo(TenantStatus.DELETING);
        assertThat(invalidated).containsExactly(id);
        assertThat(store.events().get(1)).isInstanceOfSatisfying(TenantDeletionScheduled.class, event -> {
            assertThat(event.policy()).isEqualTo("drop");
            assertThat(event.purgeAt()).isEqualTo("2026-10-31T08:00:00Z");
        });
        assertThatThrownBy(() -> tenants.purge(id))
                .isInstanceOf(TenantStateException.class)
                .hasMessageContaining("2026-10-31T08:00:00Z")
                .hasMessageContaining("purgeBeforeGrace");
        assertThat(tenants.recover()).isEmpty();
        assertThat(provisioned).contains(id);
    }

    @Test
    void O_5_when_the_grace_is_over_recovery_removes_the_tenant_and_reports_what_went() {
        var id = tenants.createTenant(new CreateTenantCommand("newco", "NewCo of Ada")
                        .withPlan("gold")
                        .withMetadata(Map.of("owner", "Ada")))
                .id();
        var files = new Files();
        tenants = new TenantLifecycleService(
                parts(store, LifecycleConfig.DEFAULTS).withResources(List.of(files)));
        store.setConfig(id.value(), "owner", "Ada");
        tenants.deleteTenant(id, DeprovisionPolicy.DROP);
        now = START.plus(GRACE);

        assertThat(tenants.recover())
                .containsExactly(new Recovery(id, Optional.of(TenantStatus.DELETED), Optional.empty()));

        var report = tenants.eraseReport(id).orElseThrow();
        assertThat(report.policy()).isEqualTo(DeprovisionPolicy.DROP);
        assertThat(report.actor()).isEqualTo("ada");
        assertThat(report.attempts()).isEqualTo(1);
        assertThat(report.resources())
                .containsExactly(
                        new ErasedResource("row", 3, 3, 0),
                        new ErasedResource("file", 2, 1, 1),
                        new ErasedResource("tenancy.tenant_configs", 1, 1, 0));
        var tombstone = store.findById(id).orElseThrow();
        assertThat(tombstone.toString()).doesNotContain("Ada", "gold");
        assertThat(store.events())
                .hasExactlyElementsOfTypes(
                        TenantProvisioned.class,
                        TenantConfigChanged.class,
                        TenantDeletionScheduled.class,
                        TenantDeleted.class);
        assertThat(store.getConfig(id.value(), "owner")).isEmpty();
        assertThat(tenants.purge(id)).as("again").isEqualTo(report);
        assertThat(tenants.recover()).isEmpty();
    }

    @Test
    void a_deletion_can_be_cancelled_until_the_removal_begins() {
        var id = create("newco");
        tenants.deleteTenant(id, DeprovisionPolicy.DROP);

        var inactive = tenants.cancelDeletion(id);

        assertThat(inactive.status()).isEqualTo(TenantStatus.INACTIVE);
        assertThat(store.events().get(2)).isInstanceOf(TenantDeletionCancelled.class);
        now = START.plus(GRACE);
        assertThat(tenants.recover()).isEmpty();
        tenants.deleteTenant(id, DeprovisionPolicy.DROP);
        place.removal = tenant -> assertThatThrownBy(() -> tenants.cancelDeletion(id))
                .isInstanceOf(TenantStateException.class)
                .hasMessageContaining("being removed");
        tenants.purgeBeforeGrace(id, "asked for by its owner");
        assertThat(tenants.eraseReport(id).orElseThrow().reason()).contains("asked for by its owner");
    }

    @Test
    void another_policy_needs_another_deletion_and_an_impossible_one_changes_nothing() {
        var id = create("newco");

        assertThatThrownBy(() -> tenants.deleteTenant(id))
                .as("the default is rename")
                .isInstanceOf(TenantIsolationException.class)
                .hasMessageContaining("lifecycle.deprovision_policy")
                .hasMessageContaining("[drop, keep]");
        assertThat(store.findById(id)).get().matches(Tenant::isActive);
        var deleting = tenants.deleteTenant(id, DeprovisionPolicy.KEEP);

        assertThat(tenants.deleteTenant(id, DeprovisionPolicy.KEEP)).isEqualTo(deleting);
        assertThatThrownBy(() -> tenants.deleteTenant(id, DeprovisionPolicy.DROP))
                .isInstanceOf(TenantStateException.class)
                .hasMessageContaining("policy keep");
    }

    @Test
    void a_failed_tenant_is_removed_at_once_and_takes_its_slug_from_nobody() {
        place.work = id -> {
            throw new IllegalStateException("disk full");
        };
        assertThatThrownBy(
                        () -> tenants.createTenant(new CreateTenantCommand("newco", "NewCo").withId(TenantId.of("t1"))))
                .isInstanceOf(TenantProvisioningException.class);
        place.work = id -> {};
        var rival = create("newco");

        var deleted = tenants.deleteTenant(TenantId.of("t1"), DeprovisionPolicy.DROP);

        assertThat(deleted.status()).isEqualTo(TenantStatus.DELETED);
        assertThat(store.findByName("newco").orElseThrow().id()).isEqualTo(rival);
    }

    @Test
    void a_legal_hold_blocks_the_removal_and_not_the_deletion() {
        var id = create("newco");
        tenants.placeLegalHold(id, "a lawsuit");
        tenants.deleteTenant(id, DeprovisionPolicy.DROP);
        now = START.plus(GRACE);

        assertThat(tenants.recover()).isEmpty();
        assertThatThrownBy(() -> tenants.purgeBeforeGrace(id, "now"))
                .isInstanceOf(TenantStateException.class)
                .hasMessageContaining("a lawsuit");
        tenants.releaseLegalHold(id);

        assertThat(tenants.recover()).hasSize(1);
        assertThat(store.findById(id).orElseThrow().status()).isEqualTo(TenantStatus.DELETED);
    }

    @Test
    void LC_06_a_removal_that_fails_stays_open_and_serves_nobody() {
        var id = create("newco");
        tenants.deleteTenant(id, DeprovisionPolicy.DROP);
        place.removal = tenant -> {
            throw new IllegalStateException("disk full");
        };

        assertThatThrownBy(() -> tenants.purgeBeforeGrace(id, "now"))
                .isInstanceOf(TenantProvisioningException.class)
                .hasMessageNotContaining("disk full");

        assertThat(store.findById(id).orElseThrow().status()).isEqualTo(TenantStatus.DELETING);
        assertThat(tenants.eraseReport(id)).isEmpty();
        assertThat(store.journal().orElseThrow().isOpen(id)).isTrue();
        assertThatThrownBy(() -> tenants.cancelDeletion(id)).isInstanceOf(TenantStateException.class);
    }

    @Test
    void LC_07_a_slug_comes_back_after_its_quarantine_with_another_id() {
        var id = create("newco");
        tenants.deleteTenant(id, DeprovisionPolicy.DROP);
        tenants.purgeBeforeGrace(id, "now");

        assertThatThrownBy(() -> create("newco")).isInstanceOf(TenantSlugConflictException.class);
        now = START.plus(GRACE);
        tenants.recover();
        var again = create("newco");

        assertThat(again).isNotEqualTo(id);
        assertThat(store.findById(id).orElseThrow().status()).isEqualTo(TenantStatus.DELETED);
        assertThatThrownBy(() -> tenants.createTenant(new CreateTenantCommand("other", "Other").withId(id)))
                .isInstanceOf(TenantSlugConflictException.class);
    }

    private TenantId create(String slug) {
        return tenants.createTenant(new CreateTenantCommand(slug, slug)).id();
    }

    private static final class Files implements TenantResource {

        @Override
        public String name() {
            return "files";
        }

        @Override
        public List<ErasedResource> erase(Tenant tenant) {
            return List.of(new ErasedResource("file", 2, 1, 1));
        }
    }
}
