package dev.lexigram.tenancy.enforcement;

import static dev.lexigram.tenancy.enforcement.Tenants.ACME;
import static dev.lexigram.tenancy.enforcement.Tenants.GLOBEX;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.resolution.TenantPrincipal;
import dev.lexigram.tenancy.resolution.VerifiedClaims;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InMemoryMembershipTest {

    private final InMemoryMembership membership = new InMemoryMembership();
    private final TenantPrincipal alice = TenantPrincipal.of("alice");

    @Test
    void nobody_is_a_member_before_a_grant() {
        assertThat(membership.isMember(alice, ACME)).isFalse();
    }

    @Test
    void a_grant_holds_for_that_principal_and_that_tenant_until_it_is_revoked() {
        membership.grant("alice", ACME);
        membership.grant("alice", ACME);

        assertThat(membership.isMember(alice, ACME)).isTrue();
        assertThat(membership.isMember(alice, GLOBEX)).isFalse();
        assertThat(membership.isMember(TenantPrincipal.of("Alice"), ACME)).isFalse();

        membership.revoke("alice", ACME);
        membership.revoke("alice", GLOBEX);
        assertThat(membership.isMember(alice, ACME)).isFalse();
    }

    @Test
    void RS_20_an_address_in_a_tenants_domain_makes_nobody_a_member() {
        var claims = VerifiedClaims.of(Map.of("email", "mallory@globex.com", "hd", "globex.com"));
        var mallory = TenantPrincipal.of("mallory@globex.com", claims);
        TenantMembership byDomain = (principal, tenant) -> principal.name().endsWith("@globex.com");

        assertThat(membership.isMember(mallory, GLOBEX)).isFalse();
        assertThat(new ClaimMembership("tenants").isMember(mallory, GLOBEX)).isFalse();
        // Control: a membership that reads the address lets everybody in who can register one.
        assertThat(byDomain.isMember(mallory, GLOBEX)).isTrue();

        membership.grant("mallory@globex.com", GLOBEX);
        assertThat(membership.isMember(mallory, GLOBEX)).isTrue();
    }
}
