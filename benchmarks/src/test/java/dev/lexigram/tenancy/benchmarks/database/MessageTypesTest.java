package dev.lexigram.tenancy.benchmarks.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTypesTest {

    // Startup with 4 bytes of content, Parse with 300, Sync with none, Query with an S, a Z and a Q in it.
    private static final byte[] CLIENT =
            bytes("00000008 00030000", "50 00000130" + "53".repeat(300), "53 00000004", "51 00000008 535a5100");

    private static final byte[] QUESTION = bytes("53 00000004");
    private static final byte[] READY = bytes("5a 00000005 49");

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000})
    void messages_are_told_apart_however_they_are_cut(int size) {
        var types = new ArrayList<Integer>();
        var messages = MessageTypes.ofClient(types::add);
        for (var at = 0; at < CLIENT.length; at += size) {
            var part = Arrays.copyOfRange(CLIENT, at, Math.min(at + size, CLIENT.length));
            messages.read(part, part.length);
        }

        assertThat(types).containsExactly(MessageTypes.STARTUP, (int) 'P', (int) 'S', (int) 'Q');
    }

    @Test
    void questions_that_are_sent_together_are_one_round_trip() throws IOException {
        assertThat(roundTrips(true, QUESTION, QUESTION, READY, READY)).isEqualTo(1);
        assertThat(roundTrips(true, QUESTION, READY, QUESTION, READY)).isEqualTo(2);
        assertThat(roundTrips(true, QUESTION, QUESTION, READY, QUESTION, READY, READY))
                .isEqualTo(1);
    }

    @Test
    void connecting_is_a_round_trip_too() throws IOException {
        assertThat(roundTrips(false)).isEqualTo(1);
    }

    /** Those of one connection that exchanges these messages, without the one of connecting if that is over. */
    private static long roundTrips(boolean connected, byte[]... messages) throws IOException {
        var counter = new RoundTrips();
        var pair = counter.carriers();
        carry(pair.toServer(), bytes("00000008 00030000"));
        carry(pair.toClient(), READY);
        for (var message : messages) {
            carry(List.of(QUESTION).contains(message) ? pair.toServer() : pair.toClient(), message);
        }
        return counter.begun() - (connected ? 1 : 0);
    }

    private static void carry(Carrier carrier, byte[] message) throws IOException {
        var arrived = new ByteArrayOutputStream();
        carrier.carry(new ByteArrayInputStream(message), arrived);
        assertThat(arrived.toByteArray()).isEqualTo(message);
    }

    private static byte[] bytes(String... hex) {
        return HexFormat.of().parseHex(String.join("", hex).replace(" ", ""));
    }
}
