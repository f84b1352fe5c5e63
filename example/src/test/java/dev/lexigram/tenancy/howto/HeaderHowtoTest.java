package dev.lexigram.tenancy.howto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.Tenancy;
import dev.lexigram.tenancy.TenancyConfig;
import dev.lexigram.tenancy.enforcement.Admission;
import dev.lexigram.tenancy.enforcement.InMemoryMembership;
import dev.lexigram.tenancy.lifecycle.CreateTenantCommand;
import dev.lexigram.tenancy.resolution.ResolutionConfig;
import dev.lexigram.tenancy.resolution.TenantPrincipal;
import dev.lexigram.tenancy.resolution.TenantResolutionContext;
import dev.lexigram.tenancy.stores.InMemoryTenantStore;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import dev.lexigram.tenancy.tenant.TenantId;
import org.junit.jupiter.api.Test;

class HeaderHowtoTest {

    private final TenantStore store = new InMemoryTenantStore();
    private final InMemoryMembership members = new InMemoryMembership();

    @Test
    void a_member_runs_as_the_tenant_that_the_header_names_and_nobody_else_does() {
        // tag::header[]
        TenancyConfig config = TenancyConfig.DEFAULTS.withResolution(
                ResolutionConfig.DEFAULTS.withResolvers("header").withHeaderName("x-tenant-id"));
        Tenancy tenancy = Tenancy.builder()
                .config(config)
                .store(store)
                .membership(members)
                .build();
        // end::header[]
        tenancy.tenants().createTenant(new CreateTenantCommand("acme", "Acme Inc.").withId(TenantId.of("tenant-1")));
        members.grant("alice", TenantId.of("tenant-1"));

        var ofMember = tenancy.admission().admit(callBy("alice"));
        var ofStranger = tenancy.admission().admit(callBy("mallory"));

        assertThat(ofMember)
                .isInstanceOfSatisfying(
                        Admission.Admitted.class,
                        admitted -> assertThat(admitted.tenant().slug().value()).isEqualTo("acme"));
        assertThat(ofStranger).isInstanceOf(Admission.Refused.class);
    }

    @Test
    void without_a_membership_it_does_not_start_and_says_what_to_add() {
        var config = TenancyConfig.DEFAULTS.withResolution(ResolutionConfig.DEFAULTS.withResolvers("header"));
        var builder = Tenancy.builder().config(config).store(store);

        assertThatThrownBy(builder::build)
                .isInstanceOf(TenancyConfigurationException.class)
                .hasMessageContaining("membership");
    }

    private static TenantResolutionContext callBy(String name) {
        return TenantResolutionContext.builder()
                .header("X-Tenant-ID", "acme")
                .principal(TenantPrincipal.of(name))
                .build();
    }
}
