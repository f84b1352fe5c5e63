package dev.lexigram.tenancy.benchmarks.database;

import java.util.ArrayList;
import java.util.List;

/** All contenders at the same work, the floor twice among them. */
record Field(List<Entrant> entrants) implements AutoCloseable {

    /** Opens every contender's way through this port. */
    static Field open(Case measured, int port) {
        var entrants = new ArrayList<Entrant>();
        try {
            for (var contender : Contender.all()) {
                entrants.add(Entrant.open(contender, measured, port));
            }
            return new Field(List.copyOf(entrants));
        } catch (RuntimeException failure) {
            entrants.forEach(Entrant::close);
            throw failure;
        }
    }

    @Override
    public void close() {
        entrants.forEach(Entrant::close);
    }
}
