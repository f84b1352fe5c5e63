package dev.lexigram.tenancy.howto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.context.TenantBound;
import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantMismatchException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LaterHowtoTest {

    private final Tenant acme = Tenant.active(TenantId.of("acme"), Slug.of("acme"), "Acme", Instant.EPOCH);
    private final Tenant globex = Tenant.active(TenantId.of("globex"), Slug.of("globex"), "Globex", Instant.EPOCH);

    @Test
    void what_is_put_aside_is_given_to_its_tenant_only() {
        TenantBound<String> aside = TenantContext.callAs(acme, () -> putAside("a draft"));

        assertThat(TenantContext.<String, RuntimeException>callAs(acme, () -> takeUp(aside)))
                .isEqualTo("a draft");
        assertThatThrownBy(() -> TenantContext.runAs(globex, () -> takeUp(aside)))
                .isInstanceOf(TenantMismatchException.class);
    }

    private static TenantBound<String> putAside(String draft) {
        // tag::aside[]
        TenantBound<String> aside = TenantBound.of(draft); // knows whose it is, and can be serialised
        // end::aside[]
        return aside;
    }

    private static String takeUp(TenantBound<String> aside) {
        // tag::taken-up[]
        String draft = aside.value(); // for that tenant; any other is refused
        // end::taken-up[]
        return draft;
    }
}
