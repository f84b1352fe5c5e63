package dev.lexigram.tenancy.benchmarks.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers everything a while after it came, as a longer wire would: what follows closely is not held up by what it
 * follows. A thread of its own delivers.
 */
final class DelayedCarrier implements Carrier {

    private static final Logger LOG = LoggerFactory.getLogger(DelayedCarrier.class);
    private static final long NEAR = 100_000; // nanoseconds; a sleeping thread wakes up later than that is worth

    private final long delay;
    private final BlockingQueue<Chunk> underway = new LinkedBlockingQueue<>();

    private record Chunk(byte[] bytes, long due) {}

    DelayedCarrier(Duration delay) {
        this.delay = delay.toNanos();
    }

    @Override
    public void carry(InputStream from, OutputStream to) throws IOException {
        var delivery = TcpProxy.start("proxy-delivery", () -> deliver(to));
        var buffer = new byte[BUFFER_SIZE];
        try {
            for (var read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                underway.add(new Chunk(Arrays.copyOf(buffer, read), System.nanoTime() + delay));
            }
        } finally {
            underway.add(new Chunk(new byte[0], System.nanoTime()));
            join(delivery);
        }
    }

    private void deliver(OutputStream to) {
        try {
            for (var chunk = underway.take(); chunk.bytes.length > 0; chunk = underway.take()) {
                waitUntil(chunk.due);
                to.write(chunk.bytes);
            }
        } catch (IOException broken) {
            LOG.debug("A connection broke off: {}", broken.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void waitUntil(long due) {
        for (var left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            if (left > NEAR) {
                LockSupport.parkNanos(left - NEAR);
            } else {
                Thread.onSpinWait();
            }
        }
    }

    private static void join(Thread delivery) throws IOException {
        try {
            delivery.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }
}
