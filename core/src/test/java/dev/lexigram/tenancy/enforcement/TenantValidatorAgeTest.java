package dev.lexigram.tenancy.enforcement;

import static dev.lexigram.tenancy.enforcement.Tenants.acme;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.cache.Coverage;
import dev.lexigram.tenancy.resolution.ValidatorCacheConfig;
import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** How long answers of the validator live, on a clock of our own. */
class TenantValidatorAgeTest {

    private static final ValidatorCacheConfig CONFIG = ValidatorCacheConfig.DEFAULTS;

    private final ObservedStore store = new ObservedStore(acme());
    private final FakeTicker ticker = new FakeTicker();
    private final AtomicBoolean announced = new AtomicBoolean(true);

    @Test
    void a_known_tenant_is_remembered_for_its_time_and_no_longer() {
        var validator = validator(CONFIG);
        validator.find("acme");
        var first = store.lookUps();

        ticker.advance(Duration.ofSeconds(299));
        validator.find("acme");
        assertThat(store.lookUps()).isEqualTo(first);

        ticker.advance(Duration.ofSeconds(1));
        validator.find("acme");
        assertThat(store.lookUps()).isEqualTo(2 * first);
    }

    @Test
    void a_tenant_that_is_not_active_is_remembered_too() {
        store.replace(Tenants.in(TenantStatus.SUSPENDED, acme()));
        var validator = validator(CONFIG);
        validator.find("acme");
        var first = store.lookUps();

        validator.find("acme");

        assertThat(store.lookUps()).isEqualTo(first);
    }

    @Test
    void CA_05_what_is_older_than_the_bound_is_reloaded_when_nobody_announces_changes() {
        var validator = validator(CONFIG);
        validator.find("acme");
        store.replace(Tenants.in(TenantStatus.SUSPENDED, acme()));
        ticker.advance(Duration.ofSeconds(31));

        // Control: while changes are announced, and this one was not, the old status is used.
        assertThat(validator.find("acme").map(Tenant::status)).contains(TenantStatus.ACTIVE);

        announced.set(false);
        assertThat(validator.find("acme").map(Tenant::status)).contains(TenantStatus.SUSPENDED);
    }

    @Test
    void what_was_found_to_be_gone_stays_gone_when_changes_are_announced_again() {
        var answer = new AtomicReference<>(Optional.of(acme()));
        var config = CONFIG.withNegativeTtl(Duration.ZERO);
        var validator = new TenantValidator(
                new StoreOfOne(answer::get), config, (since, now) -> announced.get(), ticker, Duration.ofSeconds(1));
        validator.find("acme");
        answer.set(Optional.empty());
        ticker.advance(Duration.ofSeconds(31));
        // Control: it is remembered for longer than this.
        assertThat(validator.find("acme")).contains(acme());

        announced.set(false);
        assertThat(validator.find("acme")).isEmpty();
        announced.set(true);
        assertThat(validator.find("acme")).isEmpty();
    }

    @Test
    void the_bound_holds_unless_somebody_promises_to_announce_changes() {
        var config = CONFIG.withMaxStaleness(Duration.ofSeconds(1));
        var validator = new TenantValidator(store, config, Coverage.NONE, ticker, Duration.ofSeconds(1));
        validator.find("acme");
        var first = store.lookUps();

        ticker.advance(Duration.ofMillis(999));
        validator.find("acme");
        assertThat(store.lookUps()).isEqualTo(first);

        ticker.advance(Duration.ofMillis(1));
        validator.find("acme");
        assertThat(store.lookUps()).isEqualTo(2 * first);
    }

    @Test
    void an_older_version_never_replaces_a_newer_one_while_that_is_remembered() {
        var old = acme();
        var newer = Tenants.in(TenantStatus.SUSPENDED, old);
        var answer = new AtomicReference<>(newer);
        var lagging = new StoreOfOne(() -> Optional.of(answer.get()));
        var validator = new TenantValidator(lagging, CONFIG, Coverage.NONE, ticker, Duration.ofSeconds(1));
        validator.find("acme");

        answer.set(old);
        ticker.advance(Duration.ofSeconds(31));

        assertThat(validator.find("acme")).contains(newer);
        // Control: the store did answer with the older version, and once the newer one has aged out it stands.
        ticker.advance(Duration.ofSeconds(300));
        assertThat(validator.find("acme")).contains(old);
    }

    @Test
    void a_slug_that_went_to_another_tenant_leads_there_whatever_the_versions_are() {
        var before = Tenants.in(TenantStatus.INACTIVE, acme());
        var after = Tenant.active(TenantId.of("tenant-c"), acme().slug(), "Another Acme", Tenants.NOW);
        var answer = new AtomicReference<>(before);
        var validator = new TenantValidator(
                new StoreOfOne(() -> Optional.of(answer.get())), CONFIG, Coverage.NONE, ticker, Duration.ofSeconds(1));
        validator.find("acme");

        answer.set(after);
        ticker.advance(Duration.ofSeconds(31));

        assertThat(validator.find("acme")).contains(after);
    }

    @Test
    void CA_03_an_unknown_reference_is_forgotten_soon_and_at_once_when_a_tenant_is_announced() {
        var validator = validator(CONFIG);
        assertThat(validator.find("newco")).isEmpty();
        var newco = Tenant.active(TenantId.of("tenant-n"), Slug.of("newco"), "NewCo", Tenants.NOW);
        store.save(newco, 0, List.of());
        // Control: the answer is remembered, so without news the new tenant stays unknown for a moment.
        assertThat(validator.find("newco")).isEmpty();

        validator.invalidate(newco.id());
        assertThat(validator.find("newco")).contains(newco);

        assertThat(validator.find("later")).isEmpty();
        var lookUps = store.lookUps();
        ticker.advance(Duration.ofSeconds(5));
        validator.find("later");
        assertThat(store.lookUps()).isGreaterThan(lookUps);
    }

    @Test
    void a_time_or_a_size_of_zero_remembers_nothing() {
        for (var config : List.of(CONFIG.withTtl(Duration.ZERO), CONFIG.withSize(0))) {
            var store = new ObservedStore(acme());
            var validator = new TenantValidator(store, config, (since, now) -> true, ticker, Duration.ofSeconds(1));

            validator.find("acme");
            validator.find("acme");

            assertThat(store.lookUpsById()).isEqualTo(2);
            assertThat(validator.knownReferences()).isZero();
        }
    }

    @Test
    void a_negative_time_of_zero_remembers_no_unknown_reference() {
        var validator = validator(CONFIG.withNegativeTtl(Duration.ZERO));

        validator.find("nobody");
        validator.find("nobody");

        assertThat(store.lookUpsById()).isEqualTo(2);
        assertThat(validator.unknownReferences()).isZero();
    }

    @Test
    void a_time_beyond_all_clocks_means_for_ever() {
        var validator = validator(CONFIG.withTtl(Duration.ofSeconds(Long.MAX_VALUE)));
        validator.find("acme");
        ticker.advance(Duration.ofDays(36_500));

        validator.find("acme");

        assertThat(store.lookUpsById()).isEqualTo(1);
    }

    private TenantValidator validator(ValidatorCacheConfig config) {
        return new TenantValidator(store, config, (since, now) -> announced.get(), ticker, Duration.ofSeconds(1));
    }
}
