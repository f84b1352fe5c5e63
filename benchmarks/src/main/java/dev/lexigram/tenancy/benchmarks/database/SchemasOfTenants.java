package dev.lexigram.tenancy.benchmarks.database;

import dev.lexigram.tenancy.benchmarks.Table;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.policy.SchemaName;
import dev.lexigram.tenancy.postgres.schema.TenantSchemas;
import dev.lexigram.tenancy.tenant.Tenant;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import javax.sql.DataSource;

/** The rows of tenants once more, in a schema of its own: half of the schemas made by one thread, half by two. */
final class SchemasOfTenants {

    private static final String FILL = """
            create table %1$s.item (
              id bigint primary key,
              batch bigint not null,
              name text not null,
              price numeric(10, 2) not null,
              created timestamp with time zone not null);
            insert into %1$s.item select id, batch, name, price, created from open.item where tenant_id = '%2$s'""";

    private SchemasOfTenants() {}

    /** Makes them, and tells how many in a second. */
    static String make(Server server, List<Tenant> tenants) throws Exception {
        var schemas = TenantSchemas.of(server.as(Server.MIGRATOR), SchemasOfTenants::fill, IsolationConfig.DEFAULTS);
        var half = tenants.size() / 2;
        var one = perSecond(schemas, tenants.subList(0, half), 1);
        var two = perSecond(schemas, tenants.subList(half, tenants.size()), 2);
        server.execute("postgres", "vacuum (freeze, analyze)");
        return new Table("provisioning", "schemas in a second", "times one thread")
                .row("one thread", shown(one), "")
                .row("two threads", shown(two), shown(two / one))
                .toString();
    }

    private static double perSecond(TenantSchemas schemas, List<Tenant> tenants, int threads) throws Exception {
        var workers = Executors.newFixedThreadPool(threads);
        try {
            var begun = System.nanoTime();
            var all = tenants.stream()
                    .map(tenant -> (Callable<Boolean>) () -> {
                        schemas.provision(tenant.id());
                        return true;
                    })
                    .toList();
            for (var done : workers.invokeAll(all)) {
                done.get();
            }
            return tenants.size() / ((System.nanoTime() - begun) / 1e9);
        } finally {
            workers.shutdown();
        }
    }

    private static void fill(DataSource provisioner, SchemaName schema) {
        try (var connection = provisioner.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(FILL.formatted(schema.sql(), schema.tenant().orElseThrow()));
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static String shown(double number) {
        return String.format(Locale.ROOT, "%.2f", number);
    }
}
