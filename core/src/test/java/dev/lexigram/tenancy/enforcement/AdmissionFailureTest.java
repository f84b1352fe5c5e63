package dev.lexigram.tenancy.enforcement;

import static dev.lexigram.tenancy.enforcement.Tenants.acme;
import static dev.lexigram.tenancy.enforcement.Tenants.globex;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.resolution.ResolutionConfig;
import dev.lexigram.tenancy.resolution.SourcedResolution;
import dev.lexigram.tenancy.resolution.TenantResolutionContext;
import dev.lexigram.tenancy.tenant.TenantAccessDeniedException;
import dev.lexigram.tenancy.tenant.TenantUnavailableException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.assertj.core.api.ObjectAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** AZ-09 and its kin: whatever fails on the way refuses the call. */
class AdmissionFailureTest {

    private static final TenantResolutionContext ALICE = Desk.callBy("alice");
    private static final TenantMembership BROKEN = (principal, tenant) -> {
        throw new IllegalStateException("jdbc:postgresql://db/secret is down");
    };

    private final Desk desk = new Desk(acme(), globex());

    @Test
    void AZ_09_a_membership_that_fails_refuses() {
        desk.with(Optional.of(BROKEN));

        assertUnavailable(desk.admit(Sources.header("globex"), ALICE));
        // Control: a membership that says yes when it cannot know lets everybody in.
        desk.with(Optional.of((principal, tenant) -> yesOnFailure(() -> BROKEN.isMember(principal, tenant))));
        assertThat(desk.admit(Sources.header("globex"), ALICE)).isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void AZ_09_a_membership_that_fails_answers_for_an_unknown_tenant_as_for_a_known_one() {
        desk.with(Optional.of(BROKEN));

        assertUnavailable(desk.admit(Sources.header("nobody"), ALICE));
        assertUnavailable(desk.admit(Sources.header("tenant-a").andPath("tenant-b"), ALICE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tenant-a", "nobody"})
    void a_store_that_fails_refuses_whoever_is_asked_for(String reference) {
        desk.store.afterRead(() -> {
            throw new IllegalStateException("down");
        });

        assertUnavailable(desk.admit(Sources.token(reference), ALICE));
        // Control: with the store back it is an answer.
        desk.store.afterRead(() -> {});
        assertThat(desk.admit(Sources.token("tenant-a"), ALICE)).isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void RS_22_two_callers_in_one_call_who_contradict_each_other_are_a_conflict() {
        Function<TenantResolutionContext, List<SourcedResolution>> twoCallers = call -> {
            throw TenantAccessDeniedException.refused();
        };

        assertThat(desk.admit(twoCallers, ALICE)).isEqualTo(new Admission.Refused(new Refusal.Conflict()));
    }

    @Test
    void a_resolver_that_fails_refuses() {
        Function<TenantResolutionContext, List<SourcedResolution>> broken = call -> {
            throw new IllegalStateException("a bug");
        };

        assertUnavailable(desk.admit(broken, ALICE));
    }

    @Test
    void a_failure_that_no_signature_declares_refuses_too() {
        desk.with(Optional.of((principal, tenant) -> {
            throw AdmissionFailureTest.<RuntimeException>sneaky(new IOException("down"));
        }));

        assertUnavailable(desk.admit(Sources.header("globex"), ALICE));
    }

    @ParameterizedTest
    @CsvSource({
        // verified, membership, strict, public paths, can ever bind
        "true,  false, true,  false, true",
        "false, true,  true,  false, true",
        "false, false, false, false, true",
        "false, false, true,  true,  true",
        "false, false, true,  false, false"
    })
    void names_the_configuration_under_which_no_call_can_be_admitted(
            boolean verified, boolean membership, boolean strict, boolean publicPaths, boolean possible) {
        var config = ResolutionConfig.DEFAULTS.withStrictMembership(strict);
        config = publicPaths ? config.withPublicPaths("/shop") : config;

        var problem = TenantAdmission.problem(verified, membership, config);

        assertThat(problem.isEmpty()).isEqualTo(possible);
        problem.ifPresent(text -> assertThat(text).contains("membership.source: claim", "jwt_claim"));
    }

    private static void assertUnavailable(Admission admission) {
        ObjectAssert<Admission> refused = assertThat(admission);
        refused.isInstanceOfSatisfying(
                Admission.Refused.class,
                refusal -> assertThat(refusal.refusal())
                        .isInstanceOf(Refusal.Unavailable.class)
                        .extracting(Refusal::toException)
                        .isInstanceOfSatisfying(
                                TenantUnavailableException.class,
                                failure -> assertThat(failure).hasMessageNotContaining("secret")));
    }

    private static boolean yesOnFailure(BooleanSupplier question) {
        try {
            return question.getAsBoolean();
        } catch (IllegalStateException failure) {
            return true;
        }
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> X sneaky(Throwable failure) throws X {
        throw (X) failure;
    }
}
