package dev.lexigram.tenancy.benchmarks.database;

import java.io.IOException;
import java.time.Duration;

/** How far away the server is. */
enum Network {
    /** Straight through the loopback interface. */
    LOOPBACK("loopback"),
    /** Through a proxy that delivers everything a quarter of a millisecond later, each way. */
    DELAYED("0.5 ms more");

    private static final Duration ONE_WAY = Duration.ofNanos(250_000);

    final String title;

    Network(String title) {
        this.title = title;
    }

    /** A way to the server that listens on this port. */
    Line to(int port) throws IOException {
        return switch (this) {
            case LOOPBACK -> new Direct(port);
            case DELAYED ->
                TcpProxy.before(port, () -> new Carrier.Pair(new DelayedCarrier(ONE_WAY), new DelayedCarrier(ONE_WAY)));
        };
    }

    /** A port that leads to the server. */
    interface Line extends AutoCloseable {

        int port();

        @Override
        void close();
    }

    private record Direct(int port) implements Line {

        @Override
        public void close() {}
    }
}
