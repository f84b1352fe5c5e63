package dev.lexigram.tenancy.postgres.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP proxy before a server, which breaks connections at a byte that the test chooses. At first it breaks nothing.
 *
 * <p>Safe for use by many threads; the bytes are counted over all connections, so that a test that counts wants one.
 */
public final class FaultProxy implements AutoCloseable {

    /** Which way bytes go. */
    public enum Direction {
        TO_SERVER,
        TO_CLIENT
    }

    /** What happens instead of the next byte. */
    public enum Fault {
        /** Both ends get a TCP reset; later connections are whole again. */
        RESET,
        /** Nothing passes any more, and nobody is told, until the proxy is healed. */
        STALL
    }

    private final URI target;
    private final ServerSocket server;
    private final Gate toServer = new Gate();
    private final Gate toClient = new Gate();
    private final Set<Link> links = ConcurrentHashMap.newKeySet();

    private FaultProxy(URI target) throws IOException {
        this.target = target;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Link.start("accepts", this::accept);
    }

    /** Before the server that this JDBC URL names. */
    public static FaultProxy before(String jdbcUrl) {
        try {
            return new FaultProxy(URI.create(jdbcUrl.substring("jdbc:".length())));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The same URL by way of this proxy. */
    public String jdbcUrl() {
        return "jdbc:" + target.toString().replace(":" + target.getPort() + "/", ":" + server.getLocalPort() + "/");
    }

    /** Lets so many more bytes pass; what comes after them meets the fault. Replaces what was chosen for this direction. */
    public void breakAfter(long bytes, Direction direction, Fault fault) {
        gate(direction).arm(bytes, fault);
    }

    /** Lets nothing pass in either direction from now on. */
    public void stall() {
        toServer.arm(0, Fault.STALL);
        toClient.arm(0, Fault.STALL);
    }

    /** Resets every connection that there is. */
    public void reset() {
        links.forEach(Link::reset);
    }

    /** Lets everything pass again, first of all what was stalled. */
    public void heal() {
        toServer.disarm();
        toClient.disarm();
    }

    /** Whether something has met the fault that was chosen last for this direction. */
    public boolean hasStruck(Direction direction) {
        return gate(direction).hasStruck();
    }

    /** How many bytes have passed. */
    public long passed(Direction direction) {
        return gate(direction).passed();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        reset();
        heal();
    }

    private Gate gate(Direction direction) {
        return direction == Direction.TO_SERVER ? toServer : toClient;
    }

    private void accept() throws IOException {
        while (true) {
            connect(server.accept());
        }
    }

    private void connect(Socket client) throws IOException {
        try {
            var link = new Link(client, new Socket(target.getHost(), target.getPort()), links::remove);
            links.add(link);
            link.open(toServer, toClient);
        } catch (IOException refused) {
            client.close(); // the server is down, which is for the client to find out
        }
    }
}
