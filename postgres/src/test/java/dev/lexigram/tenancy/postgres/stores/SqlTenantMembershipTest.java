package dev.lexigram.tenancy.postgres.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.resolution.TenantPrincipal;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.InvalidTenantException;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantNotFoundException;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@TenancyTest
class SqlTenantMembershipTest {

    private static final TenantId ACME = TenantId.of("acme");
    private static final TenantId GLOBEX = TenantId.of("globex");
    private static final TenantPrincipal ADA = TenantPrincipal.of("ada");

    private TestDatabase database;
    private SqlTenantMembership membership;

    @BeforeEach
    void create_two_tenants(TestDatabase database) {
        this.database = database;
        var store = ControlPlane.emptyStore(database);
        store.save(ControlPlane.tenant("acme", "acme"), TenantStore.NEW, List.of());
        store.save(ControlPlane.tenant("globex", "globex"), TenantStore.NEW, List.of());
        membership = SqlTenantMembership.of(database.as(Role.CONTROL));
    }

    @Test
    void nobody_is_a_member_before_a_grant_and_a_grant_is_for_one_tenant_and_one_name() {
        assertThat(membership.isMember(ADA, ACME)).isFalse();

        membership.grant("ada", ACME);
        membership.grant("ada", ACME);

        assertThat(membership.isMember(ADA, ACME)).isTrue();
        assertThat(membership.isMember(ADA, GLOBEX)).isFalse();
        assertThat(List.of("Ada", "ada ", "ad", "", "bob", "a".repeat(100_000)))
                .noneMatch(name -> membership.isMember(TenantPrincipal.of(name), ACME));
    }

    @Test
    void a_revoked_member_is_none_and_revoking_may_be_repeated() {
        membership.grant("ada", ACME);
        membership.grant("ada", GLOBEX);

        membership.revoke("ada", ACME);
        membership.revoke("ada", ACME);

        assertThat(membership.isMember(ADA, ACME)).isFalse();
        assertThat(membership.isMember(ADA, GLOBEX)).isTrue();
    }

    @Test
    void an_unknown_tenant_has_no_members_and_gets_none() {
        var unknown = TenantId.of("initech");

        assertThatThrownBy(() -> membership.grant("ada", unknown)).isInstanceOf(TenantNotFoundException.class);
        assertThat(membership.isMember(ADA, unknown)).isFalse();
    }

    @Test
    void half_a_surrogate_is_not_taken_for_a_question_mark() {
        membership.grant("ada?", ACME);

        assertThat(membership.isMember(TenantPrincipal.of("ada?"), ACME)).isTrue();
        assertThat(membership.isMember(TenantPrincipal.of("ada\uD800"), ACME)).isFalse();
        assertThatThrownBy(() -> membership.grant("ada\uD800", ACME)).isInstanceOf(InvalidTenantException.class);
    }

    @Test
    void text_that_is_no_name_is_refused() {
        for (var text : List.of("", "a\nb", "a".repeat(256))) {
            assertThatThrownBy(() -> membership.grant(text, ACME)).isInstanceOf(InvalidTenantException.class);
            membership.revoke(text, ACME);
        }
        assertThat(ControlPlane.text(database, "select count(*) from tenancy.tenant_members"))
                .isEqualTo("0");
    }
}
