package dev.lexigram.tenancy.lifecycle;

import static dev.lexigram.tenancy.tenant.TenantStatus.ACTIVE;
import static dev.lexigram.tenancy.tenant.TenantStatus.INACTIVE;
import static dev.lexigram.tenancy.tenant.TenantStatus.SUSPENDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantStateException;
import dev.lexigram.tenancy.tenant.TenantStatus;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransitionsTest {

    private static final Map<TenantStatus, Set<TenantStatus>> LEGAL = Map.of(
            ACTIVE, Set.of(SUSPENDED, INACTIVE),
            SUSPENDED, Set.of(ACTIVE, INACTIVE),
            INACTIVE, Set.of(ACTIVE));

    @ParameterizedTest
    @EnumSource
    void LC_10_of_all_pairs_of_states_only_those_of_the_table_are_legal(TenantStatus from) {
        var tenant = Tenant.active(TenantId.of("acme"), Slug.of("acme"), "Acme", Instant.EPOCH)
                .withStatus(from, null, Instant.EPOCH);
        for (var to : TenantStatus.values()) {
            if (LEGAL.getOrDefault(from, Set.of()).contains(to)) {
                assertThatCode(() -> Transitions.check(tenant, to)).doesNotThrowAnyException();
            } else {
                assertThatThrownBy(() -> Transitions.check(tenant, to))
                        .isInstanceOf(TenantStateException.class)
                        .hasMessageContaining("from " + from.wireName() + " to " + to.wireName());
            }
        }
        assertThat(Transitions.next(from)).isEqualTo(LEGAL.getOrDefault(from, Set.of()));
    }
}
