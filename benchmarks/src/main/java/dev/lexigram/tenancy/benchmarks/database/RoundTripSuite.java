package dev.lexigram.tenancy.benchmarks.database;

import dev.lexigram.tenancy.benchmarks.Options;
import dev.lexigram.tenancy.benchmarks.Suite;
import dev.lexigram.tenancy.benchmarks.Table;
import java.util.Random;
import java.util.stream.LongStream;

/** How many round trips each case takes through each contender. Exact: nothing is measured, messages are counted. */
final class RoundTripSuite implements Suite {

    private static final int WARM_UPS = 20; // the driver prepares a statement on the server at its fifth use
    private static final int CALLS = 50;

    @Override
    public String name() {
        return "round-trips";
    }

    @Override
    public String title() {
        return "Round trips of one call, by counting";
    }

    @Override
    public String run(Options options) throws Exception {
        var table = new Table("case", "contender", "round trips");
        try (var server = Server.start()) {
            for (var measured : Case.values()) {
                for (var contender : Contender.all()) {
                    table.row(
                            measured.title,
                            contender.name(),
                            count(measured, contender, server.port(), options.seed()));
                }
            }
            return "PostgreSQL " + server.version() + "; " + CALLS + " calls each.\n\n" + table;
        }
    }

    /** One number where every call took as many, else the least and the most. */
    static String count(Case measured, Contender contender, int port, long seed) throws Exception {
        var counter = new RoundTrips();
        try (var proxy = TcpProxy.before(port, counter::carriers);
                var entrant = Entrant.open(contender, measured, proxy.port())) {
            var random = new Random(seed);
            var taken = new long[CALLS];
            for (var call = -WARM_UPS; call < CALLS; call++) {
                var before = counter.begun();
                entrant.perform(Rows.anyPlace(random));
                taken[Math.max(call, 0)] = counter.begun() - before;
            }
            var least = LongStream.of(taken).min().orElseThrow();
            var most = LongStream.of(taken).max().orElseThrow();
            return least == most ? Long.toString(least) : least + " to " + most;
        }
    }
}
