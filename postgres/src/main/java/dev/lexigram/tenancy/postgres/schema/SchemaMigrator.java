package dev.lexigram.tenancy.postgres.schema;

import dev.lexigram.tenancy.postgres.policy.SchemaName;
import java.util.Set;
import javax.sql.DataSource;

/** Brings the tables of one tenant's schema up to date. If it fails for a new tenant, the schema is made anew. */
@FunctionalInterface
public interface SchemaMigrator {

    /**
     * Creates and changes what this schema lacks, and touches no other.
     *
     * @param provisioner connections of the role that migrates; the schema exists, and nobody else may use it yet
     */
    void migrate(DataSource provisioner, SchemaName schema);

    /** The tables in which it keeps its own account: the serving role gets no access to them. */
    default Set<String> ownTables() {
        return Set.of();
    }
}
