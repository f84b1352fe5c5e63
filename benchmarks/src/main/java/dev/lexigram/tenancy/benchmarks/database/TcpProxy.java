package dev.lexigram.tenancy.benchmarks.database;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between clients and a server of this machine, and hands every connection's bytes to carriers. It listens on the
 * loopback interface only. Closing it ends its connections and its threads.
 */
final class TcpProxy implements Network.Line {

    private static final Logger LOG = LoggerFactory.getLogger(TcpProxy.class);

    private final ServerSocket listener;
    private final int serverPort;
    private final Supplier<Carrier.Pair> carriers;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private TcpProxy(ServerSocket listener, int serverPort, Supplier<Carrier.Pair> carriers) {
        this.listener = listener;
        this.serverPort = serverPort;
        this.carriers = carriers;
    }

    /** Starts one before the server on this port. */
    static TcpProxy before(int serverPort, Supplier<Carrier.Pair> carriers) throws IOException {
        var proxy = new TcpProxy(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()), serverPort, carriers);
        start("proxy-accept", proxy::accept);
        return proxy;
    }

    static Thread start(String name, Runnable task) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() {
        close(listener);
        open.forEach(this::end);
    }

    private void accept() {
        try {
            while (true) {
                connect(listener.accept());
            }
        } catch (IOException closed) {
            if (!listener.isClosed()) {
                LOG.warn("The proxy takes no more connections", closed);
            }
        }
    }

    private void connect(Socket client) throws IOException {
        var server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        for (var socket : new Socket[] {client, server}) {
            socket.setTcpNoDelay(true);
            open.add(socket);
        }
        if (listener.isClosed()) {
            end(client);
            end(server);
        }
        var pair = carriers.get();
        start("proxy-to-server", () -> carry(client, server, pair.toServer()));
        start("proxy-to-client", () -> carry(server, client, pair.toClient()));
    }

    private void carry(Socket from, Socket to, Carrier carrier) {
        try {
            carrier.carry(from.getInputStream(), to.getOutputStream());
        } catch (IOException failure) {
            LOG.debug("A connection broke off: {}", failure.getMessage());
        } finally {
            end(from);
            end(to);
        }
    }

    private void end(Socket socket) {
        open.remove(socket);
        close(socket);
    }

    private static void close(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException failure) {
            LOG.debug("Closing failed: {}", failure.getMessage());
        }
    }
}
