package dev.lexigram.tenancy.enforcement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.resolution.TenantPrincipal;
import dev.lexigram.tenancy.resolution.VerifiedClaims;
import dev.lexigram.tenancy.tenant.TenantId;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClaimMembershipTest {

    private static final TenantId ID = TenantId.of("42");

    private final ClaimMembership membership = new ClaimMembership("tenants");

    @ParameterizedTest
    @MethodSource("members")
    void is_a_member_whose_token_lists_the_id(Object claim) {
        assertThat(membership.isMember(callerWith(claim), ID)).isTrue();
    }

    static List<Object> members() {
        return List.of(
                List.of("42"),
                List.of("7", "42"),
                List.of(42),
                List.of(7L, 42L),
                List.of(BigInteger.valueOf(42)),
                Arrays.asList(null, "42"));
    }

    @ParameterizedTest
    @MethodSource("strangers")
    void is_not_a_member_by_anything_else(Object claim) {
        assertThat(membership.isMember(callerWith(claim), ID)).isFalse();
    }

    static List<Object> strangers() {
        return List.of(
                List.of(),
                List.of("4", "2", "421", " 42", "042", "4 2", "42,"),
                List.of(42.0, new BigDecimal("42.0"), true),
                List.of(List.of("42"), Map.of("id", "42")),
                Map.of("42", true),
                "42",
                "7 42",
                42,
                true);
    }

    @Test
    void is_not_a_member_without_the_claim_or_without_a_token() {
        var other = TenantPrincipal.of("alice", VerifiedClaims.of(Map.of("groups", List.of("42"))));

        assertThat(membership.isMember(other, ID)).isFalse();
        assertThat(membership.isMember(TenantPrincipal.of("42"), ID)).isFalse();
    }

    @Test
    void a_slug_in_the_token_makes_nobody_a_member() {
        assertThat(membership.isMember(callerWith(List.of("acme")), Tenants.ACME))
                .isFalse();
        assertThat(membership.isMember(callerWith(List.of("tenant-a")), Tenants.ACME))
                .isTrue();
    }

    private static TenantPrincipal callerWith(Object claim) {
        return TenantPrincipal.of("alice", VerifiedClaims.of(Map.of("tenants", claim)));
    }
}
