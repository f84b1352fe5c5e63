package dev.lexigram.tenancy.enforcement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.resolution.ValidatorCacheConfig;
import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** CA-07: a flood of references that nobody has. */
class TenantValidatorFloodTest {

    private static final int SIZE = 1_000;
    private static final int KNOWN = 200;
    private static final int FLOOD = 100_000;
    private static final long SEED = 20261101;

    private final List<Tenant> tenants =
            IntStream.range(0, KNOWN).mapToObj(TenantValidatorFloodTest::tenant).toList();
    private final ObservedStore store = new ObservedStore(tenants.toArray(Tenant[]::new));

    @Test
    void CA_07_a_flood_of_unknown_references_evicts_no_tenant_and_stays_within_the_size() {
        var config = ValidatorCacheConfig.DEFAULTS.withSize(SIZE);
        var validator = new TenantValidator(store, config, (since, now) -> true);
        visitTenants(validator::find);

        flood().forEach(reference -> {
            assertThat(validator.find(reference)).isEmpty();
        });

        assertThat(validator.unknownReferences()).isBetween(1, SIZE);
        assertThat(validator.knownReferences()).isEqualTo(KNOWN);
        assertThat(lookUpsDuring(() -> visitTenants(validator::find))).isZero();
    }

    @Test
    void CA_07_a_flood_of_tenants_stays_within_the_size_too() {
        var validator =
                new TenantValidator(store, ValidatorCacheConfig.DEFAULTS.withSize(KNOWN / 2), (since, now) -> true);

        visitTenants(validator::find);

        assertThat(validator.knownReferences()).isBetween(1, KNOWN / 2);
    }

    @Test
    void CA_07_without_the_guard_the_flood_washes_every_tenant_away() {
        var naive = new NaiveLookUp(store, SIZE);
        visitTenants(naive::find);

        flood().limit(2 * SIZE).forEach(naive::find);

        assertThat(lookUpsDuring(() -> visitTenants(naive::find))).isEqualTo(KNOWN);
    }

    private void visitTenants(Consumer<String> find) {
        tenants.forEach(tenant -> find.accept(tenant.id().value()));
    }

    private int lookUpsDuring(Runnable work) {
        var before = store.lookUps();
        work.run();
        return store.lookUps() - before;
    }

    private static Stream<String> flood() {
        return new Random(SEED).longs(FLOOD).mapToObj(number -> "x" + Long.toHexString(number));
    }

    private static Tenant tenant(int number) {
        return Tenant.active(TenantId.of("Id-" + number), Slug.of("slug-" + number), "T", Tenants.NOW);
    }
}
