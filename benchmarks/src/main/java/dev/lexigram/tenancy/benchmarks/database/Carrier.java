package dev.lexigram.tenancy.benchmarks.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Carries bytes from one end of a connection to the other; one for each direction of each connection. */
interface Carrier {

    int BUFFER_SIZE = 1 << 16;

    /** Carries until the one end has no more, and everything has arrived at the other. */
    void carry(InputStream from, OutputStream to) throws IOException;

    /** Those of one connection. */
    record Pair(Carrier toServer, Carrier toClient) {}
}
