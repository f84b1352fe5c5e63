package dev.lexigram.tenancy.postgres.isolation;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a driver and PostgreSQL, and counts how often the driver waits for an answer: after each Sync, Query and
 * FunctionCall, but for the BEGIN and the savepoints that it sends ahead in the same write. Reads the messages of protocol
 * 3.0 (PostgreSQL documentation, "Message Formats"); the connections must not ask for encryption.
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
                pumps.execute(() -> pump(client, backend, this::note));
                pumps.execute(() -> pump(backend, client, (type, message) -> {}));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private interface Listener {
        void hear(char type, byte[] message);
    }

    private static void pump(Socket from, Socket to, Listener listener) {
        try (from;
                to) {
            var in = new DataInputStream(new BufferedInputStream(from.getInputStream(), 1 << 16));
            var out = new DataOutputStream(new BufferedOutputStream(to.getOutputStream(), 1 << 16));
            for (var type = in.read(); type >= 0; type = in.read()) {
                // The first message of a client has no type; it begins with the length, which is short.
                var length = type == 0 ? (in.read() << 16) + (in.read() << 8) + in.read() : in.readInt();
                var message = in.readNBytes(length - LENGTH);
                listener.hear((char) type, message);
                if (type != 0) {
                    out.write(type);
                }
                out.writeInt(length);
                out.write(message);
                if (in.available() == 0) {
                    out.flush();
                }
            }
        } catch (IOException ended) {
            // as connections do
        }
    }

    private void note(char type, byte[] message) {
        var waits = type == 'Q' ? !isSentAhead(message) : type == 'S' || type == 'F';
        if (waits) {
            roundTrips.incrementAndGet();
        }
    }

    private static boolean isSentAhead(byte[] message) {
        var text = new String(message, 0, message.length - 1, StandardCharsets.UTF_8);
        return text.equals("BEGIN") || text.equals("BEGIN READ ONLY") || text.contains("PGJDBC_AUTOSAVE");
    }
}
