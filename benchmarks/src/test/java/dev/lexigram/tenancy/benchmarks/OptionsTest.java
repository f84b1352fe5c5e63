package dev.lexigram.tenancy.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    @Test
    void suites_and_options_may_be_mixed() {
        var options = Options.parse("id", "--rounds", "7", "filter", "--seconds", "0.5", "--output", "figures");

        assertThat(options).isEqualTo(new Options(List.of("id", "filter"), 7, 0.5, 1, Path.of("figures")));
        assertThat(options.conditions()).isEqualTo("7 rounds of 0.50 s, seed 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--rounds", "--rounds 0", "--rounds many", "--seconds 0", "--seconds NaN", "--sedd 1"})
    void what_cannot_be_read_is_refused(String line) {
        assertThatThrownBy(() -> Options.parse(line.split(" ", -1))).isInstanceOf(IllegalArgumentException.class);
    }
}
