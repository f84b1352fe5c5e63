package dev.lexigram.tenancy.lifecycle;

import static dev.lexigram.tenancy.tenant.TenantStatus.ACTIVE;
import static dev.lexigram.tenancy.tenant.TenantStatus.DELETED;
import static dev.lexigram.tenancy.tenant.TenantStatus.DELETING;
import static dev.lexigram.tenancy.tenant.TenantStatus.FAILED;
import static dev.lexigram.tenancy.tenant.TenantStatus.INACTIVE;
import static dev.lexigram.tenancy.tenant.TenantStatus.SUSPENDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.isolation.DeprovisionPolicy;
import dev.lexigram.tenancy.stores.TenantDeletions.Terms;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantDeleted;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantStateException;
import dev.lexigram.tenancy.tenant.TenantStatus;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation in every status. */
class TransitionTest extends LifecycleFixture {

    private static final TenantId ID = TenantId.of("acme");

    private static final Map<String, Operation> OPERATIONS = Map.of(
            "activate", (tenants, id) -> tenants.activateTenant(id),
            "suspend", (tenants, id) -> tenants.suspendTenant(id, "for a test"),
            "deactivate", (tenants, id) -> tenants.deactivateTenant(id),
            "retry", (tenants, id) -> tenants.retryProvisioning(id),
            "delete", (tenants, id) -> tenants.deleteTenant(id, DeprovisionPolicy.DROP),
            "cancel", (tenants, id) -> tenants.cancelDeletion(id),
            "purge",
                    (tenants, id) -> {
                        tenants.purgeBeforeGrace(id, "for a test");
                        return tenants.getTenant(id).orElseThrow();
                    });

    /** Where each operation leads from each status; the same status means that nothing is stored. */
    private static final Map<String, Map<TenantStatus, TenantStatus>> LEGAL = Map.of(
            "activate", Map.of(SUSPENDED, ACTIVE, INACTIVE, ACTIVE, ACTIVE, ACTIVE),
            "suspend", Map.of(ACTIVE, SUSPENDED, SUSPENDED, SUSPENDED),
            "deactivate", Map.of(ACTIVE, INACTIVE, SUSPENDED, INACTIVE, INACTIVE, INACTIVE),
            "retry", Map.of(FAILED, ACTIVE, ACTIVE, ACTIVE),
            "delete",
                    Map.of(
                            ACTIVE, DELETING, SUSPENDED, DELETING, INACTIVE, DELETING, FAILED, DELETED, DELETING,
                            DELETING),
            "cancel", Map.of(DELETING, INACTIVE, INACTIVE, INACTIVE),
            "purge", Map.of(DELETING, DELETED, DELETED, DELETED));

    static Stream<Arguments> every_pair() {
        return OPERATIONS.keySet().stream()
                .sorted()
                .flatMap(operation -> Stream.of(TenantStatus.values()).map(status -> Arguments.of(operation, status)));
    }

    @ParameterizedTest
    @MethodSource("every_pair")
    void LC_10_of_all_pairs_of_operation_and_status_only_those_of_the_table_are_legal(
            String operation, TenantStatus from) {
        var before = inStatus(from);
        var events = store.events();

        var to = LEGAL.get(operation).get(from);
        if (to == null) {
            assertThatThrownBy(() -> OPERATIONS.get(operation).on(tenants, ID))
                    .isInstanceOf(TenantStateException.class)
                    .hasMessageContaining("acme");
            assertThat(store.findById(ID)).contains(before);
            assertThat(store.events()).isEqualTo(events);
        } else {
            assertThat(OPERATIONS.get(operation).on(tenants, ID).status()).isEqualTo(to);
            assertThat(store.events().equals(events))
                    .as("no event for the present status, one or more for every other")
                    .isEqualTo(from == to);
        }
    }

    /** A tenant that came into this status without the service. */
    private Tenant inStatus(TenantStatus status) {
        var tenant = Tenant.active(ID, Slug.of("acme"), "Acme", START);
        var moved = store.save(tenant, TenantStore.NEW, List.of())
                .withStatus(status, status == SUSPENDED ? "for a test" : null, START);
        if (status == DELETING) {
            return store.deletions().orElseThrow().schedule(moved, 1, List.of(), new Terms("drop", START));
        }
        if (status == DELETED) {
            var deleting = store.deletions()
                    .orElseThrow()
                    .schedule(tenant.withStatus(DELETING, null, START), 1, List.of(), new Terms("drop", START));
            tenants.purge(deleting.id());
            assertThat(store.events()).hasExactlyElementsOfTypes(TenantDeleted.class);
            return store.findById(ID).orElseThrow();
        }
        return store.save(moved, 1, List.of());
    }

    private interface Operation {
        Tenant on(TenantLifecycleService tenants, TenantId id);
    }
}
