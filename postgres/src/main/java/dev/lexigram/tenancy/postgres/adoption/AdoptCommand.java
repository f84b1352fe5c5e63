package dev.lexigram.tenancy.postgres.adoption;

import dev.lexigram.tenancy.tenant.TenantIsolationException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Plans an adoption from a shell: prints the report, and writes the scripts. The database is only read.
 *
 * <p>Status 0: done; 1: refused, because a file could not be written; 2: the arguments are wrong; 3: done and written,
 * with findings that must be decided first; 4: the database cannot be read.
 */
public final class AdoptCommand {

    private static final String USAGE = """
            Plans how the PostgreSQL database of one tenant becomes a database of many, and changes nothing.

              --url jdbc:postgresql://..  the database as it is; any login will do
              --user NAME                 the login; its password comes from PGPASSWORD
              --first-tenant ID           whose all present rows are
              --shared A,B --system C     tables for every tenant, tables of tools: invoice, billing.invoice, ref_*
              --tenant D,E                the only tables of tenants; unsaid, all that are nothing else
              --keys surrogate            or tenant_first: the primary keys begin with the tenant, too
              --setting NAME              tenancy.tenant_id unless said
              --owner-role --app-role --admin-role NAME
              --out V2__tenants.sql       the migration; unsaid, there is only the report
              --indexes-out V3__tenant_indexes.sql
              --observe-out V2__observe_tenants.sql
                                          instead of --out: tells what would be refused, and refuses nothing
              --force                     replaces files that exist
            """;

    private final PrintStream out;
    private final PrintStream problems;
    private final Map<String, String> environment;

    AdoptCommand(PrintStream out, PrintStream problems, Map<String, String> environment) {
        this.out = out;
        this.problems = problems;
        this.environment = environment;
    }

    /** Runs the command and ends the JVM only with a status that says that something is wrong. */
    public static void main(String[] arguments) {
        var status = run(arguments);
        if (status != 0) {
            System.exit(status);
        }
    }

    /** As {@link #main}, but gives the status. */
    public static int run(String... arguments) {
        return new AdoptCommand(System.out, System.err, System.getenv()).run(List.of(arguments));
    }

    /** The status of the process. */
    int run(List<String> arguments) {
        if (arguments.equals(List.of("--help"))) {
            out.print(USAGE);
            return 0;
        }
        try {
            var options = AdoptOptions.parse(arguments);
            return run(options, options.adoption(database(options)));
        } catch (IllegalArgumentException failure) {
            problems.println(failure.getMessage());
            problems.print(USAGE);
            return 2;
        }
    }

    private int run(AdoptOptions options, SchemaAdoption adoption) {
        try {
            for (var file : files(options)) {
                PlanFiles.check(file, options.isForced());
            }
            var plan = adoption.plan();
            out.print(plan.report());
            write(plan, options);
            return conclusion(plan);
        } catch (TenantIsolationException failure) {
            problems.println(failure.getMessage());
            problems.println(String.valueOf(failure.getCause()));
            return 4;
        } catch (FileSystemException failure) {
            problems.println("Nothing was written: " + failure.getMessage());
            return 1;
        } catch (IOException failure) {
            problems.println("Nothing was written: " + failure);
            return 1;
        }
    }

    private int conclusion(AdoptionPlan plan) {
        if (plan.errors().isEmpty()) {
            return 0;
        }
        problems.println(plan.errors().size() + " findings must be decided before the application serves tenants.");
        return 3;
    }

    private void write(AdoptionPlan plan, AdoptOptions options) throws IOException {
        var files = new PlanFiles(options.isForced());
        options.out().ifPresent(file -> files.add(file, plan.migration()));
        options.observeOut().ifPresent(file -> files.add(file, plan.observation()));
        if (!plan.indexes().isEmpty()) {
            options.indexesOut().ifPresent(file -> {
                files.add(file, plan.indexes());
                files.add(configuration(file), "executeInTransaction=false\n");
            });
        }
        files.write();
        out.println();
        files.paths().forEach(file -> out.println("Wrote " + file));
        if (plan.indexes().isEmpty()) {
            out.println("No further index is wanted.");
        } else if (options.indexesOut().isEmpty()) {
            out.println("Indexes are wanted, too: --indexes-out V3__tenant_indexes.sql");
        }
    }

    private static List<Path> files(AdoptOptions options) {
        return Stream.of(
                        options.out(),
                        options.observeOut(),
                        options.indexesOut(),
                        options.indexesOut().map(AdoptCommand::configuration))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Path configuration(Path script) {
        return script.resolveSibling(script.getFileName() + ".conf");
    }

    private DataSource database(AdoptOptions options) {
        var database = new PGSimpleDataSource();
        try {
            database.setUrl(options.url());
        } catch (IllegalArgumentException failure) {
            throw new IllegalArgumentException("--url must begin with jdbc:postgresql:", failure);
        }
        options.user().ifPresent(database::setUser);
        Optional.ofNullable(environment.get("PGPASSWORD")).ifPresent(database::setPassword);
        return database;
    }
}
