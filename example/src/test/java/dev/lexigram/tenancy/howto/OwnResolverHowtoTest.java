package dev.lexigram.tenancy.howto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.Tenancy;
import dev.lexigram.tenancy.enforcement.Admission;
import dev.lexigram.tenancy.enforcement.InMemoryMembership;
import dev.lexigram.tenancy.lifecycle.CreateTenantCommand;
import dev.lexigram.tenancy.resolution.TenantPrincipal;
import dev.lexigram.tenancy.resolution.TenantResolutionContext;
import dev.lexigram.tenancy.stores.InMemoryTenantStore;
import dev.lexigram.tenancy.stores.TenantStore;
import org.junit.jupiter.api.Test;

class OwnResolverHowtoTest {

    private final TenantStore store = new InMemoryTenantStore();
    private final InMemoryMembership members = new InMemoryMembership();

    @Test
    void the_parameter_selects_among_the_memberships_of_the_caller() {
        // tag::own[]
        Tenancy tenancy = Tenancy.builder()
                .store(store)
                .membership(members)
                .resolver(new QueryParamResolver())
                .build();
        // end::own[]
        var acme = tenancy.tenants().createTenant(new CreateTenantCommand("acme", "Acme Inc."));
        members.grant("alice", acme.id());

        assertThat(tenancy.admission().admit(callBy("alice"))).isEqualTo(new Admission.Admitted(acme, "query_param"));
        assertThat(tenancy.admission().admit(callBy("mallory"))).isInstanceOf(Admission.Refused.class);
        assertThat(tenancy.resolver().resolve(callBy("alice"))).isPresent();
    }

    private static TenantResolutionContext callBy(String name) {
        return TenantResolutionContext.builder()
                .queryParam("tenant_id", "acme")
                .principal(TenantPrincipal.of(name))
                .build();
    }
}
