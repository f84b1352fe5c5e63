package dev.lexigram.tenancy.enforcement;

import static dev.lexigram.tenancy.enforcement.Tenants.ACME;
import static dev.lexigram.tenancy.enforcement.Tenants.GLOBEX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.resolution.TenantPrincipal;
import dev.lexigram.tenancy.resolution.VerifiedClaims;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CachedMembershipTest {

    private final InMemoryMembership members = new InMemoryMembership();
    private final AtomicInteger asked = new AtomicInteger();
    private final FakeTicker ticker = new FakeTicker();
    private final CountDownLatch reading = new CountDownLatch(1);
    private final CountDownLatch gate = new CountDownLatch(1);
    private final TenantPrincipal alice = TenantPrincipal.of("alice");
    private volatile Runnable afterRead = () -> {};
    private final CachedMembership cached = new CachedMembership(this::askMembers, MembershipConfig.DEFAULTS, ticker);

    @Test
    void an_answer_is_remembered_for_its_time_whichever_it_was() {
        members.grant("alice", ACME);
        assertThat(cached.isMember(alice, ACME)).isTrue();
        assertThat(cached.isMember(alice, GLOBEX)).isFalse();
        members.revoke("alice", ACME);
        members.grant("alice", GLOBEX);

        ticker.advance(Duration.ofSeconds(29));
        assertThat(cached.isMember(alice, ACME)).isTrue();
        assertThat(cached.isMember(alice, GLOBEX)).isFalse();
        assertThat(asked).hasValue(2);

        ticker.advance(Duration.ofSeconds(1));
        assertThat(cached.isMember(alice, ACME)).isFalse();
        assertThat(cached.isMember(alice, GLOBEX)).isTrue();
    }

    @Test
    void a_revocation_that_is_announced_holds_at_once() {
        for (var announce : List.<Runnable>of(
                () -> cached.invalidate("alice", ACME), () -> cached.invalidate(ACME), cached::invalidateAll)) {
            members.grant("alice", ACME);
            cached.invalidateAll();
            assertThat(cached.isMember(alice, ACME)).isTrue();
            members.revoke("alice", ACME);
            // Control: unannounced it is not seen yet.
            assertThat(cached.isMember(alice, ACME)).isTrue();

            announce.run();

            assertThat(cached.isMember(alice, ACME)).isFalse();
        }
    }

    @Test
    void an_announcement_for_one_principal_leaves_the_others() {
        cached.isMember(alice, ACME);
        cached.isMember(TenantPrincipal.of("bob"), ACME);

        cached.invalidate("alice", ACME);
        cached.isMember(TenantPrincipal.of("bob"), ACME);

        assertThat(asked).hasValue(2);
    }

    @Test
    void an_answer_from_before_a_revocation_is_not_kept() {
        members.grant("alice", ACME);
        afterRead = this::waitAtTheGate;
        var early = Crowd.of(1, () -> cached.isMember(alice, ACME));
        Crowd.await(reading);
        members.revoke("alice", ACME);
        cached.invalidate("alice", ACME);
        gate.countDown();
        early.finish();

        assertThat(cached.isMember(alice, ACME)).isFalse();
    }

    @Test
    void AZ_10_a_crowd_asks_once() {
        members.grant("alice", ACME);
        afterRead = this::waitAtTheGate;

        var crowd = Crowd.of(64, () -> cached.isMember(alice, ACME));
        crowd.awaitAllWaiting();
        gate.countDown();

        assertThat(crowd.finish()).allSatisfy(task -> assertThat(task.get()).isTrue());
        assertThat(asked).hasValue(1);
    }

    @Test
    void AZ_10_without_the_guard_the_whole_crowd_asks() {
        afterRead = this::waitAtTheGate;

        var crowd = Crowd.of(64, () -> askMembers(alice, ACME));
        crowd.awaitAllWaiting();
        gate.countDown();
        crowd.finish();

        assertThat(asked).hasValue(64);
    }

    @Test
    void a_failure_is_no_answer_and_is_not_remembered() {
        members.grant("alice", ACME);
        afterRead = () -> {
            throw new IllegalStateException("down");
        };
        assertThatThrownBy(() -> cached.isMember(alice, ACME)).isInstanceOf(TenantUnavailableException.class);

        afterRead = () -> {};
        assertThat(cached.isMember(alice, ACME)).isTrue();
    }

    @Test
    void the_same_name_from_another_issuer_is_another_principal() {
        TenantMembership byIssuer = (principal, tenant) ->
                principal.claims().flatMap(VerifiedClaims::issuer).orElse("").equals("https://a");
        var cached = new CachedMembership(byIssuer, MembershipConfig.DEFAULTS, ticker);

        assertThat(cached.isMember(bobOf("https://a"), ACME)).isTrue();
        assertThat(cached.isMember(bobOf("https://b"), ACME)).isFalse();
        assertThat(cached.isMember(TenantPrincipal.of("bob"), ACME)).isFalse();
    }

    @Test
    void what_a_token_lists_is_never_remembered() {
        var cached = new CachedMembership(new ClaimMembership("tenants"), MembershipConfig.DEFAULTS, ticker);
        var listed = VerifiedClaims.of(Map.of("tenants", List.of("tenant-a")));

        assertThat(cached.isMember(TenantPrincipal.of("alice", listed), ACME)).isTrue();
        assertThat(cached.isMember(TenantPrincipal.of("alice", VerifiedClaims.of(Map.of())), ACME))
                .isFalse();
    }

    @Test
    void a_time_or_a_size_of_zero_remembers_nothing() {
        for (var config : List.of(
                MembershipConfig.DEFAULTS.withCacheTtl(Duration.ZERO), MembershipConfig.DEFAULTS.withCacheSize(0))) {
            asked.set(0);
            var cached = new CachedMembership(this::askMembers, config);

            cached.isMember(alice, ACME);
            cached.isMember(alice, ACME);

            assertThat(asked).hasValue(2);
        }
    }

    private boolean askMembers(TenantPrincipal principal, TenantId tenant) {
        asked.incrementAndGet();
        var answer = members.isMember(principal, tenant);
        afterRead.run();
        return answer;
    }

    private void waitAtTheGate() {
        reading.countDown();
        Crowd.await(gate);
    }

    private static TenantPrincipal bobOf(String issuer) {
        return TenantPrincipal.of("bob", VerifiedClaims.of(Map.of("iss", issuer)));
    }
}
