package dev.lexigram.tenancy.benchmarks.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TcpProxyTest {

    private static final int SIZE = 1_000_000;

    @Test
    void what_is_delayed_arrives_whole_and_in_order() throws Exception {
        var sent = new byte[SIZE];
        new Random(7).nextBytes(sent);
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var proxy = TcpProxy.before(server.getLocalPort(), TcpProxyTest::delayed)) {
            var echo = CompletableFuture.runAsync(() -> echoOnce(server));
            try (var client = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
                var sending = CompletableFuture.runAsync(() -> send(client, sent));

                assertThat(client.getInputStream().readNBytes(SIZE)).isEqualTo(sent);
                sending.join();
            }
            echo.join();
        }
    }

    @Test
    void closing_it_ends_its_connections() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var proxy = TcpProxy.before(server.getLocalPort(), TcpProxyTest::delayed);
            try (var client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
                    var accepted = server.accept()) {
                proxy.close();

                assertThat(client.getInputStream().read()).isEqualTo(-1);
                assertThat(accepted.getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    private static Carrier.Pair delayed() {
        return new Carrier.Pair(new DelayedCarrier(Duration.ofMillis(1)), new DelayedCarrier(Duration.ofMillis(1)));
    }

    private static void send(Socket client, byte[] bytes) {
        try {
            client.getOutputStream().write(bytes);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void echoOnce(ServerSocket server) {
        try (var accepted = server.accept()) {
            accepted.getInputStream().transferTo(accepted.getOutputStream());
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
