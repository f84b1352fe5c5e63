package dev.lexigram.tenancy.enforcement;

import static dev.lexigram.tenancy.enforcement.Tenants.GLOBEX;
import static dev.lexigram.tenancy.enforcement.Tenants.acme;
import static dev.lexigram.tenancy.enforcement.Tenants.globex;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.resolution.Resolution;
import dev.lexigram.tenancy.resolution.TenantResolutionContext;
import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantStatus;
import java.util.HashSet;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** AZ-01: what a caller may not tell apart looks the same and costs the same. */
class AdmissionCostTest {

    private static final TenantResolutionContext ALICE = Desk.callBy("alice");

    /** What a refusal shows, and what it costs. */
    private record Refused(String code, String message, int storeLookUps, int membershipLookUps, int logLines) {}

    @Test
    void AZ_01_a_tenant_that_the_caller_chose_is_refused_alike_whether_it_exists_or_not() {
        var unknown = refuse(desk -> {}, Sources.header("nobody"), ALICE);

        assertThat(unknown.code()).isEqualTo("LEX_ERR_TENANT_012");
        assertThat(unknown.membershipLookUps()).isEqualTo(1);
        for (var reference : new String[] {"tenant-b", "globex"}) {
            var call = Sources.header(reference);
            assertThat(refuse(desk -> {}, call, ALICE)).isEqualTo(unknown);
            for (var status : new TenantStatus[] {TenantStatus.SUSPENDED, TenantStatus.DELETED}) {
                assertThat(refuse(inStatus(status), call, ALICE)).isEqualTo(unknown);
            }
            for (var status : new TenantStatus[] {TenantStatus.PROVISIONING, TenantStatus.DELETED}) {
                assertThat(refuse(inStatus(status).andThen(AdmissionCostTest::makeMember), call, ALICE))
                        .isEqualTo(unknown);
            }
        }
    }

    @Test
    void AZ_01_a_tenant_that_a_token_names_is_refused_alike_whether_it_exists_or_not() {
        var unknown = refuse(desk -> {}, Sources.token("nobody"), ALICE);

        assertThat(unknown).isEqualTo(refuse(desk -> {}, Sources.header("nobody"), ALICE));
        assertThat(refuse(inStatus(TenantStatus.DELETED), Sources.token("globex"), ALICE))
                .isEqualTo(unknown);
        assertThat(refuse(inStatus(TenantStatus.PROVISIONING), Sources.token("tenant-b"), ALICE))
                .isEqualTo(unknown);
    }

    @Test
    void AZ_01_a_conflict_is_refused_alike_whether_the_other_tenant_exists_or_not() {
        var unknown = refuse(desk -> {}, Sources.token("tenant-a").andHeader("nobody"), ALICE);

        assertThat(unknown.membershipLookUps()).isEqualTo(1);
        for (var other : new String[] {"tenant-b", "globex"}) {
            var call = Sources.token("tenant-a").andHeader(other);
            assertThat(refuse(desk -> {}, call, ALICE)).isEqualTo(unknown);
            assertThat(refuse(AdmissionCostTest::makeMember, call, ALICE)).isEqualTo(unknown);
            assertThat(refuse(inStatus(TenantStatus.DELETED), call, ALICE)).isEqualTo(unknown);
        }
        assertThat(unknown.message())
                .isEqualTo(refuse(desk -> {}, Sources.header("nobody"), ALICE).message());
    }

    @Test
    void AZ_01_an_anonymous_caller_is_refused_alike_and_no_membership_is_asked() {
        var unknown = refuse(desk -> {}, Sources.header("nobody"), Desk.ANONYMOUS);

        assertThat(unknown.membershipLookUps()).isZero();
        assertThat(refuse(desk -> {}, Sources.header("globex"), Desk.ANONYMOUS)).isEqualTo(unknown);
    }

    @Test
    void AZ_01_an_id_that_can_be_no_slug_costs_the_same_too() {
        var upper = Tenant.active(TenantId.of("Upper_B"), Slug.of("upper"), "Upper", Tenants.NOW);

        assertThat(refuse(new Desk(upper), Sources.header("Upper_B"), ALICE))
                .isEqualTo(refuse(new Desk(upper), Sources.header("Upper_C"), ALICE));
    }

    @Test
    void AZ_01_every_unknown_reference_asks_for_another_membership() {
        var asked = new HashSet<TenantId>();
        var desk = new Desk(acme()).with(Optional.of((principal, tenant) -> !asked.add(tenant)));

        for (var reference : new String[] {"nobody", "anybody", "s".repeat(60), "t".repeat(60), "sub.domain"}) {
            desk.admit(Sources.none().selector("any", new Resolution.Resolved(reference)), ALICE);
        }

        assertThat(asked).hasSize(5);
    }

    @Test
    void AZ_01_without_the_guard_the_refusals_cost_different_look_ups() {
        var unknown = naivelyRefuse("nobody");

        assertThat(naivelyRefuse("tenant-b")).isNotEqualTo(unknown);
        assertThat(naivelyRefuse("globex")).isNotEqualTo(unknown);
    }

    private static Refused refuse(Consumer<Desk> prepare, Sources call, TenantResolutionContext caller) {
        var desk = new Desk(acme(), globex());
        prepare.accept(desk);
        return refuse(desk, call, caller);
    }

    private static Refused refuse(Desk desk, Sources call, TenantResolutionContext caller) {
        var admission = desk.admit(call, caller);
        assertThat(admission).isInstanceOf(Admission.Refused.class);
        var refusal = ((Admission.Refused) admission).refusal().toException();
        return new Refused(
                refusal.code(),
                String.valueOf(refusal.getMessage()),
                desk.store.lookUps(),
                desk.membershipLookUps.get(),
                desk.log.lines().size());
    }

    /** Look-ups of an admission that stops as soon as it knows enough. */
    private static Refused naivelyRefuse(String reference) {
        var desk = new Desk(acme(), globex());
        var tenant = new NaiveLookUp(desk.store, 10).find(reference);
        tenant.ifPresent(found -> desk.membershipLookUps.incrementAndGet());
        return new Refused("", "", desk.store.lookUps(), desk.membershipLookUps.get(), 0);
    }

    private static Consumer<Desk> inStatus(TenantStatus status) {
        return desk -> desk.store.replace(Tenants.in(status, globex()));
    }

    private static void makeMember(Desk desk) {
        desk.members.grant("alice", GLOBEX);
    }
}
