package dev.lexigram.tenancy.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table that people read on a screen and that stands in Markdown as it is: its columns are aligned. */
public final class Table {

    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... header) {
        rows.add(List.of(header));
    }

    /** @throws IllegalArgumentException if the row has another number of cells than the header */
    public Table row(String... cells) {
        if (cells.length != rows.get(0).size()) {
            throw new IllegalArgumentException("A row has " + rows.get(0).size() + " cells, not " + cells.length);
        }
        rows.add(List.of(cells));
        return this;
    }

    @Override
    public String toString() {
        var widths = IntStream.range(0, rows.get(0).size()).map(this::width).toArray();
        var lines = new ArrayList<String>();
        for (var row : rows) {
            lines.add(line(row, widths, ' '));
        }
        lines.add(1, line(rows.get(0).stream().map(cell -> "").toList(), widths, '-'));
        return String.join("\n", lines);
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private static String line(List<String> cells, int[] widths, char filler) {
        return IntStream.range(0, widths.length)
                .mapToObj(column -> padded(cells.get(column), widths[column], filler))
                .collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static String padded(String cell, int width, char filler) {
        return cell + String.valueOf(filler).repeat(width - cell.length());
    }
}
