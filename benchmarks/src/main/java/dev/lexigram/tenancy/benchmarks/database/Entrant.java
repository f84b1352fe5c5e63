package dev.lexigram.tenancy.benchmarks.database;

import java.util.Arrays;
import java.util.Random;

/** A contender at its work: its pool is open. */
record Entrant(String name, Access access, Work work) implements AutoCloseable {

    private static final int MOST_CALLS = 1 << 20;

    /** Opens the contender's way through this port, and prepares the work. */
    static Entrant open(Contender contender, Case measured, int port) {
        var access = contender.open(port);
        try {
            return new Entrant(contender.name(), access, measured.through(access));
        } catch (RuntimeException failure) {
            access.close();
            throw failure;
        }
    }

    void perform(Rows.Place place) throws Exception {
        access.perform(work, place);
    }

    /** Does the work for so long, at places that depend on the seed alone. */
    Sample sample(double seconds, long seed) throws Exception {
        return sample(seconds, seed, Rows.all().size());
    }

    /** The same for one of so many tenants, the first ones. */
    Sample sample(double seconds, long seed, int tenants) throws Exception {
        var random = new Random(seed);
        var taken = new long[MOST_CALLS];
        var calls = 0;
        var last = System.nanoTime();
        var end = last + (long) (seconds * 1e9);
        while (last < end && calls < MOST_CALLS) {
            var place = Rows.anyPlace(random, tenants);
            var before = System.nanoTime();
            perform(place);
            last = System.nanoTime();
            taken[calls++] = last - before;
        }
        return Sample.of(Arrays.copyOf(taken, calls));
    }

    @Override
    public void close() {
        work.close();
        access.close();
    }
}
