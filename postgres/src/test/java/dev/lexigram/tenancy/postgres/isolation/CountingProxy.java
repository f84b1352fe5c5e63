package dev.lexigram.tenancy.postgres.isolation;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Stands between a driver and PostgreSQL, and counts how often the driver waits: a round trip begins with the first message
 * that is sent while no answer is outstanding. Reads the messages of protocol 3.0 (PostgreSQL documentation, "Message
 * Formats"); the connections must not ask for encryption.
 */
final class CountingProxy implements AutoCloseable {

    private static final int LENGTH = 4; // the length of a message includes its own

    private final ServerSocket listening;
    private final int server;
    private final ExecutorService pumps = Executors.newCachedThreadPool();
    private final AtomicInteger roundTrips = new AtomicInteger();

    CountingProxy(int server) throws IOException {
        this.server = server;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        pumps.execute(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** The round trips so far, of all connections. */
    int roundTrips() {
        return roundTrips.get();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        pumps.shutdownNow();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                var client = listening.accept();
                var backend = new Socket(InetAddress.getLoopbackAddress(), server);
                client.setTcpNoDelay(true);
                backend.setTcpNoDelay(true);
                var conversation = new Conversation();
                pumps.execute(() -> pump(client, backend, conversation::asked));
                pumps.execute(() -> pump(backend, client, conversation::answered));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void pump(Socket from, Socket to, IntConsumer note) {
        try (from;
                to) {
            var in = new DataInputStream(new BufferedInputStream(from.getInputStream(), 1 << 16));
            var out = new DataOutputStream(new BufferedOutputStream(to.getOutputStream(), 1 << 16));
            while (true) {
                var type = in.read();
                if (type < 0) {
                    return;
                }
                if (type == 0) { // the length of the first message, which has no type and is short
                    copy(in, out, (in.read() << 16) + (in.read() << 8) + in.read());
                } else {
                    note.accept(type);
                    out.write(type);
                    copy(in, out, in.readInt());
                }
            }
        } catch (IOException ended) {
            // as connections do
        }
    }

    private static void copy(DataInputStream in, DataOutputStream out, int length) throws IOException {
        out.writeInt(length);
        out.write(in.readNBytes(length - LENGTH));
        if (in.available() == 0) {
            out.flush();
        }
    }

    /** What is going on in one connection. The server answers the start of a session as it answers a Sync. */
    private final class Conversation {

        private int outstanding = 1;
        private boolean sending = true;

        synchronized void asked(int type) {
            if (outstanding == 0 && !sending && type != 'X') {
                roundTrips.incrementAndGet();
                sending = true;
            }
            if (type == 'S' || type == 'Q' || type == 'F') {
                outstanding++;
            }
        }

        synchronized void answered(int type) {
            if (type == 'Z') {
                outstanding--;
                sending = outstanding > 0;
            }
        }
    }
}
