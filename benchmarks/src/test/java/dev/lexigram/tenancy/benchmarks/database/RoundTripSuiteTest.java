package dev.lexigram.tenancy.benchmarks.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoundTripSuiteTest {

    @Test
    void a_transaction_is_one_round_trip_more_than_autocommit_and_the_plain_binder_adds_what_it_says()
            throws Exception {
        try (var server = Server.start()) {
            assertThat(RoundTripSuite.count(Case.ONE_ROW, contender(Contender.FLOOR), server.port(), 1))
                    .isEqualTo("1");
            assertThat(RoundTripSuite.count(Case.TRANSACTION, contender(Contender.FLOOR), server.port(), 1))
                    .isEqualTo("2");
            assertThat(RoundTripSuite.count(Case.ONE_ROW, contender("plain binder"), server.port(), 1))
                    .isEqualTo("3");
            assertThat(RoundTripSuite.count(Case.TRANSACTION, contender("plain binder"), server.port(), 1))
                    .isEqualTo("3");
        }
    }

    private static Contender contender(String name) {
        return Contender.all().stream()
                .filter(any -> any.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
