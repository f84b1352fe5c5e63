package dev.lexigram.tenancy.postgres.schema;

import dev.lexigram.tenancy.isolation.SchemaConfig;
import dev.lexigram.tenancy.postgres.policy.Quoted;
import dev.lexigram.tenancy.postgres.policy.SchemaName;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Runs the application's migrations with Flyway, each schema with a history of its own. They name tables without a schema;
 * only the tenant's own, and that of extensions, are looked through.
 *
 * <p>Needs Flyway on the class path. Safe for use by many threads.
 */
public final class FlywaySchemaMigrator implements SchemaMigrator {

    private static final String HISTORY = "flyway_schema_history";

    private final String[] locations;
    private final String path;

    private FlywaySchemaMigrator(String[] locations, String path) {
        this.locations = locations;
        this.path = path;
    }

    /** Runs what is in the configured locations, which are Flyway's, such as {@code classpath:db/tenant}. */
    public static FlywaySchemaMigrator of(SchemaConfig config) {
        var extensions = config.extensionSchema()
                .map(name -> Quoted.identifier(name) + ", ")
                .orElse("");
        return new FlywaySchemaMigrator(config.locations().toArray(String[]::new), extensions + "pg_temp");
    }

    @Override
    public void migrate(DataSource provisioner, SchemaName schema) {
        Flyway.configure()
                .dataSource(provisioner)
                .initSql("set search_path = " + path) // Flyway puts the schema in front; public is out of reach
                .defaultSchema(schema.value())
                .schemas(schema.value())
                .createSchemas(false)
                .cleanDisabled(true)
                .table(HISTORY)
                .locations(locations)
                .load()
                .migrate();
    }

    @Override
    public Set<String> ownTables() {
        return Set.of(HISTORY);
    }
}
