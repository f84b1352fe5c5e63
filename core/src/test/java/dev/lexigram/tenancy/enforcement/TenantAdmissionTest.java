package dev.lexigram.tenancy.enforcement;

import static dev.lexigram.tenancy.enforcement.Desk.ANONYMOUS;
import static dev.lexigram.tenancy.enforcement.Tenants.ACME;
import static dev.lexigram.tenancy.enforcement.Tenants.GLOBEX;
import static dev.lexigram.tenancy.enforcement.Tenants.acme;
import static dev.lexigram.tenancy.enforcement.Tenants.globex;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.resolution.ConflictRule;
import dev.lexigram.tenancy.resolution.Resolution;
import dev.lexigram.tenancy.resolution.ResolutionConfig;
import dev.lexigram.tenancy.resolution.TenantResolutionContext;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantStatus;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TenantAdmissionTest {

    private static final Resolution REJECTED = Resolution.rejected("malformed");
    private static final TenantResolutionContext ALICE = Desk.callBy("alice");

    private final Desk desk = new Desk(acme(), globex());

    @Test
    void RS_01_a_header_that_contradicts_the_token_is_refused_and_neither_tenant_is_taken() {
        desk.members.grant("alice", ACME);
        desk.members.grant("alice", GLOBEX);
        var call = Sources.token("tenant-a").andHeader("tenant-b");

        assertThat(desk.admit(call, ALICE)).isEqualTo(refused(new Refusal.Conflict()));
        assertThat(desk.log.lines())
                .containsExactly(
                        "WARN Refused: tenant_conflict [jwt_claim=tenant-a, header=tenant-b] principal='alice'");
        // Control: a chain that believes its first answer acts as whatever the client says.
        assertThat(desk.admit(Sources.header("tenant-b").firstOnly(), ALICE)).isEqualTo(admitted(globex(), "header"));
    }

    @Test
    void RS_01_only_by_configuration_the_token_wins_and_that_is_told() {
        desk.with(ResolutionConfig.DEFAULTS.withOnConflict(ConflictRule.VERIFIED_WINS));

        var admission = desk.admit(Sources.token("tenant-a").andHeader("tenant-b"), ALICE);

        assertThat(admission).isEqualTo(admitted(acme(), "jwt_claim"));
        assertThat(desk.log.lines()).singleElement().asString().startsWith("WARN Verified source wins");
        assertThat(desk.admit(Sources.token("tenant-a").andHeader("tenant-b").andPath("tenant-a"), ALICE))
                .isEqualTo(refused(new Refusal.Conflict()));
    }

    @Test
    void an_id_and_a_slug_of_one_tenant_agree() {
        assertThat(desk.admit(Sources.token("tenant-a").andHeader("acme").andPath("tenant-a"), ALICE))
                .isEqualTo(admitted(acme(), "jwt_claim"));
    }

    @Test
    void a_known_and_an_unknown_reference_conflict() {
        assertThat(desk.admit(Sources.token("tenant-a").andHeader("nobody"), ALICE))
                .isEqualTo(refused(new Refusal.Conflict()));
    }

    @Test
    void the_verified_source_decides_wherever_it_stands() {
        var call = Sources.header("acme").verified("mine", Resolution.resolved("acme"));

        assertThat(desk.admit(call, ANONYMOUS)).isEqualTo(admitted(acme(), "mine"));
    }

    @Test
    void RS_02_a_header_without_a_caller_binds_nothing() {
        assertThat(desk.admit(Sources.header("globex"), ANONYMOUS))
                .isEqualTo(refused(new Refusal.Denied("not_a_member")));
        // Control: with membership switched off the header alone is enough.
        desk.with(ResolutionConfig.DEFAULTS.withStrictMembership(false));
        assertThat(desk.admit(Sources.header("globex"), ANONYMOUS)).isEqualTo(admitted(globex(), "header"));
    }

    @Test
    void RS_02_on_a_public_path_an_anonymous_caller_may_choose_an_active_tenant() {
        desk.with(ResolutionConfig.DEFAULTS.withPublicPaths("/shop"));

        assertThat(desk.admit(Sources.header("globex"), on("/shop/cart"))).isEqualTo(admitted(globex(), "header"));
        assertThat(desk.admit(Sources.header("globex"), on("/shopping")))
                .isEqualTo(refused(new Refusal.Denied("not_a_member")));
        assertThat(desk.admit(Sources.header("globex"), on("/shop/..;/invoices")))
                .isEqualTo(refused(new Refusal.Denied("not_a_member")));
    }

    @ParameterizedTest
    @EnumSource(
            value = TenantStatus.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"ACTIVE", "FAILED", "DELETED"})
    void on_a_public_path_the_status_of_a_tenant_stays_unknown(TenantStatus status) {
        desk.with(ResolutionConfig.DEFAULTS.withPublicPaths("/shop"));
        desk.store.replace(Tenants.in(status, globex()));

        assertThat(desk.admit(Sources.header("globex"), on("/shop")))
                .isEqualTo(refused(new Refusal.Denied(status.wireName())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tenant-b", "globex"})
    void a_deleted_tenant_is_nobody_under_all_its_names(String name) {
        // Control: in every other status the names lead to it.
        assertThat(desk.admit(Sources.token(name), ALICE)).isEqualTo(admitted(globex(), "jwt_claim"));

        desk.with(ResolutionConfig.DEFAULTS);
        desk.store.replace(Tenants.in(TenantStatus.DELETED, globex()));

        assertThat(desk.admit(Sources.token(name), ALICE)).isEqualTo(desk.admit(Sources.token("nobody"), ALICE));
    }

    @Test
    void on_a_public_path_a_caller_who_is_known_needs_a_membership_as_everywhere() {
        desk.with(ResolutionConfig.DEFAULTS.withPublicPaths("/invoices"));

        assertThat(desk.admit(Sources.header("globex"), ALICE)).isEqualTo(refused(new Refusal.Denied("not_a_member")));
    }

    @Test
    void RS_14_the_chain_goes_on_after_absent_and_ends_at_rejected() {
        desk.members.grant("alice", GLOBEX);
        var absent = Sources.none().verified("jwt_claim", Resolution.absent()).andHeader("globex");
        var rejected = Sources.none().verified("jwt_claim", REJECTED).andHeader("globex");

        assertThat(desk.admit(absent, ALICE)).isEqualTo(admitted(globex(), "header"));
        assertThat(desk.admit(rejected, ALICE)).isEqualTo(refused(new Refusal.Rejected("jwt_claim", "malformed")));
        // Control: a chain that skips what is unusable falls through to the header.
        assertThat(desk.admit(rejected.firstOnly(), ALICE)).isEqualTo(admitted(globex(), "header"));
    }

    @Test
    void RS_14_a_rejected_source_refuses_wherever_it_stands_and_before_any_look_up() {
        var call = Sources.token("tenant-a").selector("header", REJECTED);

        assertThat(desk.admit(call, ALICE)).isEqualTo(refused(new Refusal.Rejected("header", "malformed")));
        assertThat(desk.store.lookUps()).isZero();
    }

    @Test
    void RS_15_a_refused_call_finds_nothing_of_the_call_before_it_on_the_same_thread() throws Exception {
        var thread = Executors.newSingleThreadExecutor();
        try {
            var first = desk.admit(Sources.token("tenant-a"), ALICE);
            var second = desk.admit(Sources.none(), ALICE);

            assertThat(thread.submit(work(first)).get()).contains(acme());
            assertThat(thread.submit(work(second)).get()).isEmpty();

            // Control: an edge that sets a tenant when there is one, and never clears, keeps the first.
            var leaky = new ThreadLocal<Tenant>();
            thread.submit(() -> setIfAdmitted(leaky, first)).get();
            thread.submit(() -> setIfAdmitted(leaky, second)).get();
            assertThat(thread.submit(leaky::get).get()).isEqualTo(acme());
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void RS_20_an_address_in_a_tenants_domain_admits_nobody() {
        var mallory = Desk.callBy("mallory@globex.com");
        assertThat(desk.admit(Sources.header("globex"), mallory))
                .isEqualTo(refused(new Refusal.Denied("not_a_member")));

        // Control: a membership by domain lets her in.
        desk.with(Optional.of((principal, tenant) -> principal.name().endsWith("@globex.com")));
        assertThat(desk.admit(Sources.header("globex"), mallory)).isEqualTo(admitted(globex(), "header"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice\r\nWARN Admitted", "\u001b[31mal", "al\u202eice", "\u0000", "a'b\\c"})
    void RX_05_what_a_caller_is_called_is_escaped_in_the_log(String name) {
        desk.admit(Sources.header("globex"), Desk.callBy(name));

        assertThat(desk.log.lines())
                .singleElement()
                .asString()
                .matches("[ -~]+")
                .doesNotContain(name);
    }

    @Test
    void RX_05_what_a_caller_is_called_is_bounded_in_the_log_and_what_it_sent_is_not_there() {
        desk.admit(Sources.header("Secret-Word"), Desk.callBy("x".repeat(100_000)));

        assertThat(desk.log.lines())
                .singleElement()
                .asString()
                .hasSizeLessThan(300)
                .doesNotContain("Secret-Word");
    }

    private static Callable<Optional<Tenant>> work(Admission admission) {
        return () -> admission instanceof Admission.Admitted admitted
                ? TenantContext.callAs(admitted.tenant(), TenantContext::current)
                : TenantContext.callWithout(TenantContext::current);
    }

    private static void setIfAdmitted(ThreadLocal<Tenant> leaky, Admission admission) {
        if (admission instanceof Admission.Admitted admitted) {
            leaky.set(admitted.tenant());
        }
    }

    private static TenantResolutionContext on(String path) {
        return TenantResolutionContext.builder().method("GET").rawPath(path).build();
    }

    private static Admission admitted(Tenant tenant, String source) {
        return new Admission.Admitted(tenant, source);
    }

    private static Admission refused(Refusal refusal) {
        return new Admission.Refused(refusal);
    }
}
