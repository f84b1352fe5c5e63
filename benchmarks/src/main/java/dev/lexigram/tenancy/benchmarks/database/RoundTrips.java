package dev.lexigram.tenancy.benchmarks.database;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts round trips of all connections that are carried by its carriers. One begins when a client asks for an answer
 * while it waits for none: with Sync, Query or FunctionCall, each of which the server answers with ReadyForQuery.
 */
final class RoundTrips {

    private final AtomicLong begun = new AtomicLong();

    /** Carriers for a new connection. */
    Carrier.Pair carriers() {
        var connection = new Outstanding();
        return new Carrier.Pair(
                new CountingCarrier(MessageTypes.ofClient(connection::sent)),
                new CountingCarrier(MessageTypes.ofServer(connection::answered)));
    }

    /** How many have begun since the beginning. */
    long begun() {
        return begun.get();
    }

    private final class Outstanding {

        private int questions;

        synchronized void sent(int type) {
            switch (type) {
                case MessageTypes.STARTUP, 'S', 'Q', 'F' -> {
                    if (questions++ == 0) {
                        begun.incrementAndGet();
                    }
                }
                default -> {} // needs no answer of its own
            }
        }

        synchronized void answered(int type) {
            if (type == 'Z') {
                questions--;
            }
        }
    }
}
