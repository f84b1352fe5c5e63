package dev.lexigram.tenancy.postgres.isolation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/** What is known about the texts that are executed again and again. Bounded; safe for use by many threads. */
final class SqlTexts {

    private static final int TEXTS = 2_000;
    private static final int LONGEST = 8_000; // longer ones are mostly generated, and seldom come back

    private final Cache<String, SqlText> known =
            Caffeine.newBuilder().maximumSize(TEXTS).build();

    SqlText of(String sql) {
        return sql.length() > LONGEST ? SqlText.of(sql) : known.get(sql, SqlText::of);
    }
}
