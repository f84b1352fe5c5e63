package dev.lexigram.tenancy.postgres.database;

import dev.lexigram.tenancy.isolation.SecretStore;
import dev.lexigram.tenancy.postgres.policy.Grantees;
import dev.lexigram.tenancy.postgres.policy.TenantPolicy;
import dev.lexigram.tenancy.postgres.schema.SchemaMigrator;
import javax.sql.DataSource;

/** What databases are made with. Immutable. */
record DatabaseParts(
        DatabaseServer server, SchemaMigrator migrator, SecretStore secrets, TenantPolicy policy, Grantees grantees) {

    DatabaseParts withGrantees(Grantees other) {
        return new DatabaseParts(server, migrator, secrets, policy, other);
    }

    /** The application's own database, as the owner of its tables. */
    DataSource asOwner() {
        return server.mainAs(grantees.owner());
    }

    /** This database, as the owner of its tables. */
    DataSource asOwner(String database) {
        return server.of(database, grantees.owner());
    }
}
