package dev.lexigram.tenancy.benchmarks.inprocess;

import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

/** Texts to go round in, so that neither a branch nor a cache line is always the same. */
final class Texts {

    static final int COUNT = 1024; // a power of two, so that going round is a mask
    private static final long SEED = 42;

    private Texts() {}

    /** Ids in the form that the library generates: 36 characters. */
    static String[] uuids() {
        return uuids(COUNT);
    }

    /** The same, so many. */
    static String[] uuids(int count) {
        var random = new Random(SEED);
        return IntStream.range(0, count)
                .mapToObj(any -> new UUID(random.nextLong(), random.nextLong()).toString())
                .toArray(String[]::new);
    }

    /** Ids that people chose: 6 to 11 characters. */
    static String[] names() {
        var random = new Random(SEED);
        return IntStream.range(0, COUNT)
                .mapToObj(number -> "shop-" + Integer.toString(random.nextInt(1_000_000), 36) + number % 10)
                .toArray(String[]::new);
    }

    /** Equal texts that are other objects: a request never brings the object that a cache holds. */
    static String[] copies(String[] texts) {
        return IntStream.range(0, texts.length)
                .mapToObj(at -> new String(texts[at].toCharArray()))
                .toArray(String[]::new);
    }
}
