package dev.lexigram.tenancy.acceptance.traffic;

import java.util.Optional;
import java.util.Random;

/** A kind of rows, as they look over HTTP: each has an id and one text that tells it from all others. */
public interface Resource {

    String path(Random random);

    /** What creates such a row, or replaces it where that is possible. */
    String body(Party party, String name);

    /** What is posted below a row to change it and leaves its text; empty if a row is changed by replacing it. */
    Optional<String> action();

    /** So many rows, and the lists stay short. */
    int mostPerThread();

    /** The text in an answer that shows one row. */
    String text(String json);

    /** As one who sees everything: id and text of the rows of one tenant. */
    String rows();
}
