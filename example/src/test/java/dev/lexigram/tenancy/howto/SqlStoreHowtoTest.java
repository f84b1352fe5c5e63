package dev.lexigram.tenancy.howto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.Tenancy;
import dev.lexigram.tenancy.enforcement.InMemoryMembership;
import dev.lexigram.tenancy.lifecycle.CreateTenantCommand;
import dev.lexigram.tenancy.postgres.stores.SqlTenantStore;
import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@TenancyTest
class SqlStoreHowtoTest {

    private final InMemoryMembership members = new InMemoryMembership();

    @Test
    void tenants_are_still_there_after_a_restart(TestDatabase database) {
        var dataSource = database.as(Role.CONTROL);

        try (var tenancy = start(dataSource)) {
            tenancy.tenants().createTenant(new CreateTenantCommand("acme", "Acme Inc."));
        }

        try (var restarted = start(dataSource)) {
            assertThat(restarted.tenants().getTenantBySlug(Slug.of("acme"))).isPresent();
        }
    }

    private Tenancy start(DataSource dataSource) {
        // tag::sql[]
        Tenancy tenancy = Tenancy.builder()
                .store(SqlTenantStore.of(dataSource))
                .membership(members)
                .build();
        // end::sql[]
        return tenancy;
    }
}
