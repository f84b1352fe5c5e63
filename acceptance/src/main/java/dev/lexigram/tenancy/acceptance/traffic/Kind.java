package dev.lexigram.tenancy.acceptance.traffic;

import java.util.Arrays;
import java.util.Collections;
import java.util.Random;

/** What a request is for, and how often, in shares of all. */
public enum Kind {
    CREATE(14),
    READ(18),
    SEARCH(8),
    LIST(7),
    UPDATE(14),
    DELETE(8),
    FOREIGN_READ(6),
    FOREIGN_CHANGE(6),
    CONTRADICTION(3),
    NO_TENANT(3),
    STRANGER(3),
    NO_USER(3),
    SHARED(3),
    /** Without a {@code where}, on a route that requires no tenant. */
    CARELESS_SQL(9),
    /** What the database has to refuse. */
    REFUSED_SQL(4),
    /** Careless, and with no tenant at all. */
    UNBOUND_SQL(4);

    private static final Kind[] LOTS = lots();

    private final int share;

    Kind(int share) {
        this.share = share;
    }

    static Kind pick(Random random) {
        return LOTS[random.nextInt(LOTS.length)];
    }

    private static Kind[] lots() {
        return Arrays.stream(values())
                .flatMap(kind -> Collections.nCopies(kind.share, kind).stream())
                .toArray(Kind[]::new);
    }
}
