package dev.lexigram.tenancy.benchmarks.database;

import dev.lexigram.tenancy.benchmarks.Options;
import dev.lexigram.tenancy.benchmarks.Suite;
import dev.lexigram.tenancy.benchmarks.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * One case through every contender, near and far. In each round every contender works for a while, in another order and
 * at the same places.
 */
public final class DatabaseSuite implements Suite {

    private static final int WARM_UP_ROUNDS = 2;
    private static final double WARM_UP_SECONDS = 2;

    private final Case measured;

    private DatabaseSuite(Case measured) {
        this.measured = measured;
    }

    /** The suites of this package. */
    public static List<Suite> all() {
        var suites = new ArrayList<Suite>();
        Arrays.stream(Case.values()).map(DatabaseSuite::new).forEach(suites::add);
        suites.add(new RoundTripSuite());
        suites.add(new CreationSuite());
        suites.add(new RegistrySuite());
        suites.add(new KindsSuite());
        suites.add(new NeighbourSuite());
        suites.add(new TenantDatabasesSuite());
        suites.add(new AuditSuite());
        return List.copyOf(suites);
    }

    @Override
    public String name() {
        return measured.suite;
    }

    @Override
    public String title() {
        return measured.title;
    }

    @Override
    public String run(Options options) throws Exception {
        var table = new Table("network", "contender", "us", "times the floor", "by the mean", "goal");
        try (var server = Server.start()) {
            for (var network : Network.values()) {
                try (var line = network.to(server.port());
                        var field = Field.open(measured, line.port())) {
                    measure(field, options).addTo(table, measured, network);
                }
            }
            return "PostgreSQL " + server.version() + "; " + options.conditions() + ".\n\n" + table;
        }
    }

    private static Figures measure(Field field, Options options) throws Exception {
        var random = new Random(options.seed());
        for (var round = 0; round < WARM_UP_ROUNDS; round++) {
            run(field, WARM_UP_SECONDS, random, new Figures());
        }
        var figures = new Figures();
        for (var round = 0; round < options.rounds(); round++) {
            run(field, options.seconds(), random, figures);
        }
        return figures;
    }

    private static void run(Field field, double seconds, Random random, Figures figures) throws Exception {
        var places = random.nextLong(); // the same for everybody in this round
        var order = new ArrayList<>(field.entrants());
        Collections.shuffle(order, random);
        for (var entrant : order) {
            figures.add(entrant.name(), entrant.sample(seconds, places));
        }
    }
}
