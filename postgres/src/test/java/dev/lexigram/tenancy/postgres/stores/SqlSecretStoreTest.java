package dev.lexigram.tenancy.postgres.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.isolation.Secret;
import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** LC-12: what is kept of a secret tells nobody anything, and fits nowhere else. */
@TenancyTest
class SqlSecretStoreTest {

    private static final Secret KEY = key(1);

    private SqlSecretStore store;

    @BeforeEach
    void open(TestDatabase database) {
        ControlPlane.emptyStore(database);
        store = SqlSecretStore.of(database.as(Role.CONTROL), KEY);
    }

    @Test
    void LC_12_a_secret_comes_back_and_stands_nowhere(TestDatabase database) {
        store.put("database/acme", new Secret("open sesame"));

        assertThat(store.find("database/acme")).contains(new Secret("open sesame"));
        assertThat(new Secret("open sesame")).hasToString("***");
        assertThat(ControlPlane.text(database, "select encode(sealed, 'escape') from tenancy.secrets"))
                .doesNotContain("sesame");
        store.put("database/acme", new Secret("another"));
        assertThat(store.find("database/acme")).contains(new Secret("another"));
        store.remove("database/acme");
        store.remove("database/acme");
        assertThat(store.find("database/acme")).isEmpty();
    }

    @Test
    void LC_12_a_secret_fits_neither_another_name_nor_another_key(TestDatabase database) {
        store.put("database/acme", new Secret("of acme"));
        database.execute(
                Role.CONTROL, "insert into tenancy.secrets select 'database/globex', sealed from tenancy.secrets");

        assertThatThrownBy(() -> store.find("database/globex")).isInstanceOf(TenancyConfigurationException.class);
        assertThatThrownBy(() ->
                        SqlSecretStore.of(database.as(Role.CONTROL), key(2)).find("database/acme"))
                .isInstanceOf(TenancyConfigurationException.class)
                .hasMessageContaining("secret_key");
        assertThat(store.find("database/acme")).as("control").contains(new Secret("of acme"));
    }

    @Test
    void a_key_that_is_none_is_told_without_showing_it(TestDatabase database) {
        assertThatThrownBy(() -> SqlSecretStore.of(database.as(Role.CONTROL), new Secret("c2VzYW1l")))
                .isInstanceOf(TenancyConfigurationException.class)
                .hasMessageContaining("openssl rand")
                .hasMessageNotContaining("c2VzYW1l");
        assertThatThrownBy(() -> store.find("a name; drop")).isInstanceOf(IllegalArgumentException.class);
    }

    private static Secret key(int seed) {
        var bytes = new byte[32];
        bytes[0] = (byte) seed;
        return new Secret(Base64.getEncoder().encodeToString(bytes));
    }
}
