package dev.lexigram.tenancy.benchmarks.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RoundTripSuiteTest {

    private static Server server;

    @BeforeAll
    static void start() throws Exception {
        server = Server.start();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(Case.class)
    void the_driver_binder_adds_no_round_trip_and_the_plain_one_what_it_says(Case measured) throws Exception {
        var isAlone = measured == Case.ONE_ROW || measured == Case.MANY_ROWS;

        assertThat(roundTrips(measured, Contender.FLOOR)).isEqualTo(isAlone ? "1" : "2");
        assertThat(roundTrips(measured, "driver binder")).isEqualTo(isAlone ? "1" : "2");
        assertThat(roundTrips(measured, "plain binder")).isEqualTo("3");
    }

    private static String roundTrips(Case measured, String contender) throws Exception {
        var named = Contender.all().stream()
                .filter(any -> any.name().equals(contender))
                .findFirst()
                .orElseThrow();
        return RoundTripSuite.count(measured, named, server.port(), 1);
    }
}
