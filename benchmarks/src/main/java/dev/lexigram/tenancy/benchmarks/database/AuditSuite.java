package dev.lexigram.tenancy.benchmarks.database;

import dev.lexigram.tenancy.benchmarks.Options;
import dev.lexigram.tenancy.benchmarks.Spread;
import dev.lexigram.tenancy.benchmarks.Suite;
import dev.lexigram.tenancy.benchmarks.Table;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.audit.TenancyAudit;
import dev.lexigram.tenancy.postgres.isolation.RowLevelPolicies;
import dev.lexigram.tenancy.postgres.policy.SchemaGuard;
import dev.lexigram.tenancy.postgres.policy.SchemaMarker;
import dev.lexigram.tenancy.postgres.policy.SchemaName;
import dev.lexigram.tenancy.postgres.policy.TableName;
import dev.lexigram.tenancy.tenant.TenantId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * An audit of 1,000 tables of all tenants, then of those beside ever more schemas of one tenant each, with ten tables in
 * each; and what it costs to find out that nothing has changed since. The tables are empty.
 */
final class AuditSuite implements Suite {

    private static final int TABLES = 1_000;
    private static final int[] SCHEMAS = {0, 1_000, 10_000};
    private static final int SCHEMAS_AT_ONCE = 20;
    private static final int TABLES_OF_A_SCHEMA = 10;

    @Override
    public String name() {
        return "audit";
    }

    @Override
    public String title() {
        return "Auditing many tables";
    }

    @Override
    public String run(Options options) throws Exception {
        try (var server = Server.start()) {
            shared(server);
            var audit = TenancyAudit.of(server.as(Server.APP_LOGIN), IsolationConfig.DEFAULTS);
            var table = new Table("tables", "schemas of tenants", "audit, ms", "nothing has changed, ms");
            var made = 0;
            for (var schemas : SCHEMAS) {
                for (; made < schemas; made += SCHEMAS_AT_ONCE) {
                    schemas(server, made);
                }
                audit.run().requireProved();
                table.row(
                        String.valueOf(TABLES + schemas * TABLES_OF_A_SCHEMA),
                        String.valueOf(schemas),
                        milliseconds(options, () -> audit.run().requireProved()),
                        milliseconds(options, audit::fingerprint));
            }
            return "PostgreSQL " + server.version() + "; " + options.rounds() + " rounds.\n\n" + table;
        }
    }

    private static void shared(Server server) throws SQLException {
        var names = IntStream.range(0, TABLES)
                .mapToObj(number -> TableName.of("t" + number))
                .toList();
        server.execute(
                Server.MIGRATOR,
                "set role tenancy_owner; do $$ begin for n in 0..999 loop"
                        + " execute format('create table public.t%s ()', n); end loop; end $$");
        RowLevelPolicies.forTables(names).apply(server.as(Server.MIGRATOR));
    }

    private static void schemas(Server server, int first) throws SQLException {
        var script = new ArrayList<String>();
        script.add("set role tenancy_owner");
        for (var number = first; number < first + SCHEMAS_AT_ONCE; number++) {
            var tenant = TenantId.of("t" + number);
            var schema = SchemaName.of(tenant);
            script.add("create schema " + schema.sql());
            script.add("comment on schema " + schema.sql() + " is '"
                    + new SchemaMarker(tenant, UUID.randomUUID()).text() + "'");
            script.add("grant usage on schema " + schema.sql() + " to tenancy_app");
            for (var place = 0; place < TABLES_OF_A_SCHEMA; place++) {
                var table = new TableName(schema.value(), "t" + place);
                script.add("create table " + table.sql() + " (id int)");
                script.addAll(new SchemaGuard(tenant).protect(table));
                script.add("grant select, insert, update, delete on " + table.sql() + " to tenancy_app");
            }
        }
        server.execute(Server.MIGRATOR, String.join(";\n", script));
    }

    private static String milliseconds(Options options, Runnable work) {
        var taken = new ArrayList<Double>();
        for (var round = 0; round < options.rounds(); round++) {
            var begun = System.nanoTime();
            work.run();
            taken.add((System.nanoTime() - begun) / 1e6);
        }
        return Spread.of(taken).toString();
    }
}
