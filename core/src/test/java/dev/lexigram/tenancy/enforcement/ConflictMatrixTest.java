package dev.lexigram.tenancy.enforcement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.enforcement.MatrixCell.Caller;
import dev.lexigram.tenancy.enforcement.MatrixCell.Rules;
import dev.lexigram.tenancy.enforcement.MatrixCell.Said;
import dev.lexigram.tenancy.resolution.CompositeResolver;
import dev.lexigram.tenancy.resolution.ConflictRule;
import dev.lexigram.tenancy.resolution.ResolutionConfig;
import dev.lexigram.tenancy.resolution.ResolverRegistry;
import dev.lexigram.tenancy.resolution.SourcedResolution;
import dev.lexigram.tenancy.resolution.TenantResolutionContext;
import dev.lexigram.tenancy.resolution.ValidatorCacheConfig;
import dev.lexigram.tenancy.tenant.TenantStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.helpers.NOPLogger;

/**
 * G9: token, header, host and path, each absent, of tenant A, of tenant B, unknown or unusable, for every caller, status
 * and rule: the admission with the real resolvers against a decision table written for itself.
 */
class ConflictMatrixTest {

    private static final int CELLS = 625 * 5 * 16 + 125 * 16; // an anonymous caller has no token
    private static final TenantMembership MEMBERS =
            (principal, tenant) -> Caller.valueOf(principal.name()).memberOf().contains(tenant);

    /** How an admission hears of its sources. */
    private interface Chain extends BiFunction<CompositeResolver, TenantResolutionContext, List<SourcedResolution>> {}

    @ParameterizedTest
    @EnumSource(
            value = TenantStatus.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"FAILED", "DELETED"}) // one frees its slug, the other is unknown
    void G9_every_cell_of_the_matrix_is_decided_as_the_table_says(TenantStatus statusOfA) {
        assertThat(differences(statusOfA, CompositeResolver::resolveAll, MEMBERS))
                .isEmpty();
    }

    @Test
    void G9_the_matrix_finds_a_chain_that_believes_its_first_answer() {
        Chain firstOnly = (resolver, call) -> resolver.resolve(call).stream().toList();

        assertThat(differences(TenantStatus.ACTIVE, firstOnly, MEMBERS)).isNotEmpty();
    }

    @Test
    void G9_the_matrix_finds_a_membership_that_always_says_yes() {
        assertThat(differences(TenantStatus.ACTIVE, CompositeResolver::resolveAll, (principal, tenant) -> true))
                .isNotEmpty();
    }

    private static List<String> differences(TenantStatus statusOfA, Chain chain, TenantMembership members) {
        var store = new ObservedStore(Tenants.in(statusOfA, Tenants.acme()), Tenants.globex());
        var validator = new TenantValidator(store, ValidatorCacheConfig.DEFAULTS);
        var differences = new ArrayList<String>();
        var cells = 0;
        for (var rules : Rules.all()) {
            for (var caller : Caller.values()) {
                var membership =
                        caller == Caller.OF_NOBODY_KNOWN ? Optional.<TenantMembership>empty() : Optional.of(members);
                var admission = admission(rules, chain, validator, membership);
                for (var cell : MatrixCell.all(caller, rules, statusOfA)) {
                    cells++;
                    var outcome = outcome(admission.admit(cell.call()));
                    if (!outcome.equals(cell.expected())) {
                        differences.add(cell + ": " + outcome + " instead of " + cell.expected());
                    }
                }
            }
        }
        assertThat(cells).isEqualTo(CELLS);
        return differences.subList(0, Math.min(differences.size(), 20));
    }

    private static TenantAdmission admission(
            Rules rules, Chain chain, TenantValidator validator, Optional<TenantMembership> membership) {
        var config = ResolutionConfig.DEFAULTS
                .withSubdomainPattern("app.com")
                .withStrictMembership(rules.strict())
                .withOnConflict(rules.verifiedWins() ? ConflictRule.VERIFIED_WINS : ConflictRule.REJECT)
                .withPublicPaths(rules.isPublic() ? new String[] {"/"} : new String[0])
                .withTrustedProxies("10.0.0.0/8");
        config = config.withTrust(config.trust().withTrustedResolvers("jwt_claim", "header"));
        var resolver = new CompositeResolver(ResolverRegistry.fromConfig(config));
        return new TenantAdmission(
                call -> chain.apply(resolver, call),
                resolver.requestHeaders(),
                validator,
                membership,
                config,
                new SecurityLog(NOPLogger.NOP_LOGGER, new LogBudget()));
    }

    private static String outcome(Admission admission) {
        if (admission instanceof Admission.Admitted admitted) {
            var tenant = admitted.tenant().id().equals(Tenants.ACME) ? Said.A : Said.B;
            return "acts as " + tenant + " by " + admitted.source();
        }
        var refusal = ((Admission.Refused) admission).refusal();
        var what = refusal.getClass().getSimpleName();
        return refusal instanceof Refusal.NotActive ? what + " " + refusal.reason() : what;
    }
}
