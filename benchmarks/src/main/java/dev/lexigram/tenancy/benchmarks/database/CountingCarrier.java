package dev.lexigram.tenancy.benchmarks.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Passes bytes on at once, after it has read along which messages begin in them. */
final class CountingCarrier implements Carrier {

    private final MessageTypes messages;

    CountingCarrier(MessageTypes messages) {
        this.messages = messages;
    }

    @Override
    public void carry(InputStream from, OutputStream to) throws IOException {
        var buffer = new byte[BUFFER_SIZE];
        for (var read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            messages.read(buffer, read); // before it is passed on, so that no answer is seen before its question
            to.write(buffer, 0, read);
        }
    }
}
