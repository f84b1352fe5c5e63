package dev.lexigram.tenancy.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.isolation.Secret;
import dev.lexigram.tenancy.tenant.TenantIsolationException;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import org.junit.jupiter.api.Test;

@TenancyTest
class SqlSecretStoreTest {

    private static final Secret OTHER_KEY = Secret.of("YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE=");

    @Test
    void what_is_put_is_found_until_it_is_removed(TestDatabase main) {
        var store = DatabaseFixture.secrets(main);
        store.put("one", Secret.of("first"));
        store.put("one", Secret.of("second"));

        assertThat(store.find("one")).contains(Secret.of("second"));
        store.remove("one");
        store.remove("one");
        assertThat(store.find("one")).isEmpty();
    }

    @Test
    void LC_12_another_key_and_another_name_open_nothing(TestDatabase main) {
        var store = DatabaseFixture.secrets(main);
        store.put("acme", Secret.of("secret of acme"));
        store.put("globex", Secret.of("secret of globex"));

        assertThatThrownBy(
                        () -> SqlSecretStore.of(main.as(Role.CONTROL), OTHER_KEY).find("acme"))
                .isInstanceOf(TenantIsolationException.class)
                .hasMessageNotContaining("secret of");
        main.execute(
                Role.CONTROL,
                "update tenancy.tenant_secrets set sealed = (select sealed from tenancy.tenant_secrets"
                        + " where name = 'globex') where name = 'acme'");
        assertThatThrownBy(() -> store.find("acme")).isInstanceOf(TenantIsolationException.class);
        assertThat(store.find("globex")).contains(Secret.of("secret of globex"));
    }

    @Test
    void a_key_of_another_length_is_refused() {
        assertThatThrownBy(() -> SecretSeal.of(Secret.of("c2hvcnQ=")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("32 bytes");
    }
}
