package dev.lexigram.tenancy.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {

    private final Rounds rounds = new Rounds("floor", "floor again");

    @Test
    void a_round_in_which_everything_was_slow_does_not_change_a_ratio() {
        round(10, 10, 12);
        round(10, 10, 12);
        round(500, 500, 600);

        assertThat(rounds.ratio("contender")).isEqualTo(new Spread(1.2, 1.2, 1.2));
        assertThat(rounds.control()).isEqualTo(new Spread(1, 1, 1));
    }

    @Test
    void a_ratio_is_to_the_mean_of_both_runs_of_the_floor() {
        round(8, 12, 20);

        assertThat(rounds.ratio("contender").median()).isEqualTo(2);
        assertThat(rounds.control().median()).isEqualTo(1.5);
        assertThat(rounds.absolute("contender").median()).isEqualTo(20);
    }

    @Test
    void the_second_run_of_the_floor_is_shown_as_the_control() {
        round(8, 12, 20);

        assertThat(rounds.shown("floor")).isEmpty();
        assertThat(rounds.shown("floor again")).isEqualTo("control 1.50 (1.50 to 1.50)");
        assertThat(rounds.shown("contender")).isEqualTo("2.00 (2.00 to 2.00)");
    }

    @Test
    void a_spread_is_the_middle_half() {
        assertThat(Spread.of(List.of(5.0, 1.0, 4.0, 2.0, 3.0))).isEqualTo(new Spread(2, 3, 4));
        assertThat(Spread.of(List.of(1.0, 2.0))).isEqualTo(new Spread(1.25, 1.5, 1.75));
        assertThat(Spread.of(List.of(1.0, 2.0))).hasToString("1.50 (1.25 to 1.75)");
        assertThatThrownBy(() -> Spread.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private void round(double floor, double floorAgain, double contender) {
        rounds.add("floor", floor);
        rounds.add("contender", contender);
        rounds.add("floor again", floorAgain);
    }
}
