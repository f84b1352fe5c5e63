package dev.lexigram.tenancy.example.demo;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Prints the tour, 80 columns wide, and counts what did not come back as it should. For one thread. */
final class Narrator {

    private static final int WIDTH = 80;
    private static final String MARGIN = "    ";
    private static final int RESULT = 70;

    private final PrintStream out;
    private final boolean colours;
    private int steps;
    private int checks;
    private int failures;

    Narrator(PrintStream out, boolean colours) {
        this.out = out;
        this.colours = colours;
    }

    void say(String text) {
        out.println(text);
    }

    void step(String title) {
        steps++;
        out.printf("%n%s%n", paint("1", "%2d. %s".formatted(steps, title)));
    }

    /** One thing that was tried, by whom, and what came back. */
    void result(String who, String tried, String got, boolean asExpected) {
        checks++;
        failures += asExpected ? 0 : 1;
        var width = WIDTH - MARGIN.length() - who.length() - 3;
        out.printf("%s%-" + width + "s (%s)%n", MARGIN, tried, who);
        var verdict = asExpected ? paint("32", "ok") : paint("31", "WRONG");
        var lines = wrap("-> " + got, RESULT);
        for (var line : lines.subList(0, lines.size() - 1)) {
            out.println(MARGIN + line);
        }
        out.printf("%s%-" + RESULT + "s %s%n", MARGIN, lines.get(lines.size() - 1), verdict);
    }

    /** Why the calls of this step were answered as they were. */
    void why(String text) {
        wrap("Why: " + text, WIDTH - MARGIN.length()).forEach(line -> out.println(MARGIN + line));
    }

    int checks() {
        return checks;
    }

    int failures() {
        return failures;
    }

    /** Breaks at spaces; a longer word is cut. */
    private static List<String> wrap(String text, int width) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (var word : text.split(" +")) {
            if (line.length() + word.length() >= width && !line.isEmpty()) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word, 0, Math.min(word.length(), width));
        }
        lines.add(line.toString());
        return lines;
    }

    private String paint(String colour, String text) {
        return colours ? "\u001b[" + colour + "m" + text + "\u001b[0m" : text;
    }
}
