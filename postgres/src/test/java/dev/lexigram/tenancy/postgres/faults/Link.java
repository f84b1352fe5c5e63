package dev.lexigram.tenancy.postgres.faults;

import java.io.IOException;
import java.net.Socket;
import java.util.function.Consumer;

/** One connection through a proxy: two sockets, and a thread for each direction. */
final class Link {

    private final Socket client;
    private final Socket server;
    private final Consumer<Link> atEnd;

    Link(Socket client, Socket server, Consumer<Link> atEnd) throws IOException {
        this.client = client;
        this.server = server;
        this.atEnd = atEnd;
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
    }

    interface Work {
        void run() throws IOException;
    }

    static void start(String what, Work work) {
        var thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException over) {
                        // the end of a socket is an ordinary event here
                    }
                },
                "fault-proxy-" + what);
        thread.setDaemon(true);
        thread.start();
    }

    void open(Gate toServer, Gate toClient) {
        start("to-server", () -> pump(client, server, toServer));
        start("to-client", () -> pump(server, client, toClient));
    }

    /** Ends both connections by a TCP reset. */
    void reset() {
        for (var socket : new Socket[] {client, server}) {
            try {
                socket.setSoLinger(true, 0);
                socket.close();
            } catch (IOException closed) {
                // closed already
            }
        }
        atEnd.accept(this);
    }

    private void pump(Socket from, Socket to, Gate gate) throws IOException {
        var buffer = new byte[8192];
        try {
            for (var read = 0; read >= 0; read = from.getInputStream().read(buffer)) {
                if (!forward(buffer, read, to, gate)) {
                    reset();
                    return;
                }
            }
        } finally {
            from.close();
            to.close();
            atEnd.accept(this);
        }
    }

    private static boolean forward(byte[] buffer, int length, Socket to, Gate gate) throws IOException {
        for (var done = 0; done < length; ) {
            var may = gate.pass(length - done);
            if (may == 0) {
                return false;
            }
            to.getOutputStream().write(buffer, done, may);
            done += may;
            if (gate.resetsNow()) {
                return false;
            }
        }
        return true;
    }
}
