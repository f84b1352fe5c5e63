package dev.lexigram.tenancy.postgres.isolation;

import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/**
 * The roles that keep tenants apart, and what each may do: {@code roles.sql}, as text or run. Run it in every database that
 * holds tenants; again changes nothing but what somebody has widened.
 */
public final class TenancyRoles {

    private static final String RESOURCE = "/dev/lexigram/tenancy/postgres/roles.sql";

    private TenancyRoles() {}

    /** The script, for whoever reads it first and runs it with psql. It sets no password. */
    public static String script() {
        try (var resource = TenancyRoles.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the class path");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * Makes the roles and their grants, all or nothing.
     *
     * @param superuser connections of a login that may create roles with BYPASSRLS
     * @throws TenancyConfigurationException if the login may not; nothing was changed
     */
    public static void create(DataSource superuser) {
        try (var connection = superuser.getConnection();
                var statement = connection.createStatement()) {
            var before = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                statement.execute(script());
                connection.commit();
            } finally {
                connection.rollback();
                connection.setAutoCommit(before);
            }
        } catch (SQLException failure) {
            throw TenancyConfigurationException.of(
                    List.of("the roles could not be made (SQLSTATE " + failure.getSQLState()
                            + "); run roles.sql of lexigram-tenancy-postgres as a superuser in this database"));
        }
    }
}
