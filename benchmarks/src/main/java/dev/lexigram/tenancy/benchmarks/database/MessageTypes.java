package dev.lexigram.tenancy.benchmarks.database;

import java.util.function.IntConsumer;

/**
 * Follows one direction of PostgreSQL's protocol and tells the type of each message (PostgreSQL documentation, "Message
 * Formats"). The content is skipped. For one thread.
 */
final class MessageTypes {

    /** What stands for the first message of a client, which has no type. */
    static final int STARTUP = 0;

    private static final int LENGTH_BYTES = 4; // which count themselves

    private final IntConsumer listener;
    private boolean hasType;
    private int type = STARTUP;
    private int lengthBytesRead;
    private int length;
    private int toSkip;

    private MessageTypes(boolean hasType, IntConsumer listener) {
        this.hasType = hasType;
        this.listener = listener;
    }

    static MessageTypes ofClient(IntConsumer listener) {
        return new MessageTypes(false, listener);
    }

    static MessageTypes ofServer(IntConsumer listener) {
        return new MessageTypes(true, listener);
    }

    /** Takes the next bytes, wherever messages begin and end in them. */
    void read(byte[] bytes, int count) {
        for (var at = 0; at < count; ) {
            if (toSkip > 0) {
                var skipped = Math.min(toSkip, count - at);
                toSkip -= skipped;
                at += skipped;
            } else {
                readHeader(bytes[at++] & 0xff);
            }
        }
    }

    private void readHeader(int next) {
        if (hasType && type == STARTUP) {
            type = next;
            return;
        }
        length = length << 8 | next;
        if (++lengthBytesRead == LENGTH_BYTES) {
            listener.accept(type);
            toSkip = length - LENGTH_BYTES;
            hasType = true;
            type = STARTUP;
            lengthBytesRead = 0;
            length = 0;
        }
    }
}
