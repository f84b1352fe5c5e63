package dev.lexigram.tenancy.howto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.cache.TenantCacheKeys;
import dev.lexigram.tenancy.cache.TenantScopedNames;
import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScopedNamesHowtoTest {

    private final Tenant acme = Tenant.active(TenantId.of("acme"), Slug.of("acme"), "Acme", Instant.EPOCH);

    @Test
    void keys_of_a_cache_say_whose_they_are() {
        assertThat(TenantContext.<List<String>, RuntimeException>callAs(acme, ScopedNamesHowtoTest::keys))
                .containsExactly("t:acme:user%3A7", "g:countries");
    }

    @Test
    void names_in_other_stores_say_whose_they_are() {
        assertThat(TenantContext.<List<Object>, RuntimeException>callAs(acme, () -> names(Path.of("/srv/files"))))
                .containsExactly(
                        "orders_t_acme",
                        "invoices-t-acme",
                        Path.of("/srv/files/acme/2026/11/invoice.pdf"),
                        "acme/smtp%2Fpassword");
    }

    private static List<String> keys() {
        // tag::keys[]
        String key = TenantCacheKeys.key("user:7"); // t:acme:user%3A7
        String countries = TenantCacheKeys.shared("countries"); // g:countries, the same for all
        // end::keys[]
        return List.of(key, countries);
    }

    private static List<Object> names(Path root) {
        // tag::names[]
        TenantScopedNames names = TenantScopedNames.current();
        String index = names.index("orders"); // orders_t_acme
        String bucket = names.bucket("invoices"); // invoices-t-acme
        Path file = names.file(root, "2026/11/invoice.pdf"); // in the folder acme under the root, or refused
        String secret = names.secret("smtp/password"); // acme/smtp%2Fpassword
        // end::names[]
        return List.of(index, bucket, file, secret);
    }
}
