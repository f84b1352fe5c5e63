package dev.lexigram.tenancy.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void columns_are_as_wide_as_their_widest_cell() {
        var table = new Table("what", "ns").row("a", "1").row("filter", "250");

        assertThat(table).hasToString("""
                | what   | ns  |
                | ------ | --- |
                | a      | 1   |
                | filter | 250 |""");
    }

    @Test
    void a_row_has_as_many_cells_as_the_header() {
        var table = new Table("what", "ns");

        assertThatThrownBy(() -> table.row("a")).isInstanceOf(IllegalArgumentException.class);
    }
}
