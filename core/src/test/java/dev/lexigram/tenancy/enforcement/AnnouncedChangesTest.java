package dev.lexigram.tenancy.enforcement;

import static dev.lexigram.tenancy.enforcement.Tenants.acme;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.cache.Coverage;
import dev.lexigram.tenancy.resolution.TenantPrincipal;
import dev.lexigram.tenancy.resolution.ValidatorCacheConfig;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What caches do with messages that are lost, doubled, late or in the wrong order. */
class AnnouncedChangesTest {

    private static final Tenant OLD = acme(); // version 1
    private static final Tenant NEW = Tenants.in(TenantStatus.SUSPENDED, OLD); // version 2
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final FakeTicker ticker = new FakeTicker();
    private final AtomicReference<Tenant> stored = new AtomicReference<>(OLD);
    private final AtomicInteger asked = new AtomicInteger();
    private final TenantValidator validator = validator((since, now) -> true);

    @Test
    void CA_05_a_message_makes_older_answers_go_under_every_reference() {
        validator.find("acme");
        validator.find("tenant-a");
        stored.set(NEW);
        // Control: without a message both stand.
        assertThat(validator.find("acme")).contains(OLD);

        validator.invalidate(OLD.id(), 2);

        assertThat(validator.find("acme")).contains(NEW);
        assertThat(validator.find("tenant-a")).contains(NEW);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2})
    void CA_05_a_message_that_is_late_or_comes_again_forgets_nothing_that_is_as_new(long version) {
        stored.set(NEW);
        validator.find("acme");
        var before = asked.get();

        validator.invalidate(OLD.id(), version);

        assertThat(validator.find("acme")).contains(NEW);
        assertThat(asked).hasValue(before);
        // Control: a newer one does.
        validator.invalidate(OLD.id(), 3);
        validator.find("acme");
        assertThat(asked.get()).isGreaterThan(before);
    }

    @Test
    void CA_06_what_a_lagging_copy_gives_after_the_message_is_not_remembered() {
        validator.invalidate(OLD.id(), 2);

        assertThat(validator.find("acme")).contains(OLD); // the copy knows no better
        stored.set(NEW);
        assertThat(validator.find("acme")).contains(NEW);

        // Control: a message without a version leaves the copy's answer for the whole time.
        var naive = validator((since, now) -> true);
        stored.set(OLD);
        naive.invalidate(OLD.id());
        naive.find("acme");
        stored.set(NEW);
        assertThat(naive.find("acme")).contains(OLD);
    }

    @Test
    void CA_06_an_older_answer_under_one_name_is_not_remembered_once_a_newer_one_came_under_another() {
        stored.set(NEW);
        validator.find("tenant-a");
        stored.set(OLD);
        validator.find("acme");
        stored.set(NEW);

        assertThat(validator.find("acme")).contains(NEW);
    }

    @Test
    void CA_05_what_was_read_before_the_bus_listened_ages_fast_and_what_was_read_after_does_not() {
        var listensSince = new AtomicLong(ticker.read());
        var validator = validator((since, now) -> since - listensSince.get() >= 0);
        validator.find("acme");
        ticker.advance(Duration.ofSeconds(31));
        stored.set(NEW);
        // Control: it is older than the bound, and covered.
        assertThat(validator.find("acme")).contains(OLD);

        listensSince.set(ticker.read()); // the connection was lost, and another one listens
        assertThat(validator.find("acme")).contains(NEW);
        ticker.advance(Duration.ofSeconds(31));
        var before = asked.get();
        validator.find("acme");
        assertThat(asked).hasValue(before);
    }

    @Test
    void CA_05_a_membership_that_nobody_would_announce_is_asked_for_again_after_the_bound() {
        var member = new AtomicBoolean(true);
        var covered = new AtomicBoolean(true);
        var config = MembershipConfig.DEFAULTS.withCacheTtl(Duration.ofSeconds(300));
        var membership = new CachedMembership(
                (principal, tenant) -> member.get(),
                config,
                (since, now) -> covered.get(),
                Duration.ofSeconds(30),
                ticker);
        var ada = TenantPrincipal.of("ada");
        membership.isMember(ada, OLD.id());
        member.set(false);
        ticker.advance(Duration.ofSeconds(31));
        // Control: while changes are announced, and this one was not, the old answer stands.
        assertThat(membership.isMember(ada, OLD.id())).isTrue();

        covered.set(false);

        assertThat(membership.isMember(ada, OLD.id())).isFalse();
    }

    private TenantValidator validator(Coverage coverage) {
        var store = new StoreOfOne(() -> {
            asked.incrementAndGet();
            return Optional.of(stored.get());
        });
        return new TenantValidator(store, ValidatorCacheConfig.DEFAULTS, coverage, ticker, SECOND);
    }
}
