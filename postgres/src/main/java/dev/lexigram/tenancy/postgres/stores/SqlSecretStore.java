package dev.lexigram.tenancy.postgres.stores;

import dev.lexigram.tenancy.isolation.Secret;
import dev.lexigram.tenancy.isolation.SecretStore;
import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * Secrets in table {@code tenancy.secrets} of the control plane, encrypted with a key that only the application has. A {@link
 * SqlTenantStore} makes the table. Safe for use by many threads and nodes.
 */
public final class SqlSecretStore implements SecretStore {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_/-]{1,200}");

    private static final String FIND = "select sealed from tenancy.secrets where name = ?";

    private static final String PUT = """
            insert into tenancy.secrets (name, sealed) values (?, ?)
            on conflict (name) do update set sealed = excluded.sealed, updated_at = pg_catalog.clock_timestamp()
            """;

    private static final String REMOVE = "delete from tenancy.secrets where name = ?";

    private final ControlPlaneDatabase database;
    private final SecretCipher cipher;

    SqlSecretStore(ControlPlaneDatabase database, Secret key) {
        this.database = database;
        this.cipher = SecretCipher.of(key);
    }

    /**
     * Secrets in the database of this DataSource: the same one and the same login as the tenant store's.
     *
     * @param key 32 random bytes in Base64, the same on every node
     * @throws TenancyConfigurationException if the key is something else
     */
    public static SqlSecretStore of(DataSource dataSource, Secret key) {
        return new SqlSecretStore(new ControlPlaneDatabase(dataSource), key);
    }

    /** @throws TenancyConfigurationException if it was kept with another key, or was changed */
    @Override
    public Optional<Secret> find(String name) {
        check(name);
        var sealed = database.read(connection -> Sql.first(connection, FIND, row -> row.getBytes(1), name));
        return sealed.map(bytes -> cipher.open(name, bytes)
                .orElseThrow(() -> TenancyConfigurationException.of(List.of("secret " + name
                        + " cannot be opened with databases.secret_key; set the key with which it was kept"))));
    }

    @Override
    public void put(String name, Secret secret) {
        check(name);
        var sealed = cipher.seal(name, secret);
        database.write(connection -> Sql.update(connection, PUT, name, sealed));
    }

    @Override
    public void remove(String name) {
        check(name);
        database.write(connection -> Sql.update(connection, REMOVE, name));
    }

    private static void check(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("The name of a secret has 1 to 200 letters, digits, -, _ and /");
        }
    }
}
