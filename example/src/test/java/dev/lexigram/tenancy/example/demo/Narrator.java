package dev.lexigram.tenancy.example.demo;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Prints the tour, 80 columns wide, and counts what did not come back as it should. For one thread. */
final class Narrator {

    private static final int WIDTH = 80;
    private static final String MARGIN = "    ";

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

    /** Begins a step: its title, and why things are as the calls below it will show. */
    void step(String title, String why) {
        steps++;
        out.printf("%n%s%n", paint("1", "%2d. %s".formatted(steps, title)));
        wrap(why).forEach(line -> out.println(MARGIN + line));
    }

    /** One thing that was tried, by whom, and what came back. */
    void result(String who, String tried, String got, boolean asExpected) {
        checks++;
        failures += asExpected ? 0 : 1;
        var width = WIDTH - MARGIN.length() - who.length() - 3;
        out.printf("%s%-" + width + "s (%s)%n", MARGIN, shorten(tried, width), who);
        var verdict = asExpected ? paint("32", "ok") : paint("31", "WRONG");
        out.println(MARGIN + "  -> " + shorten(got, WIDTH - MARGIN.length() - 12) + "  " + verdict);
    }

    int checks() {
        return checks;
    }

    int failures() {
        return failures;
    }

    private static List<String> wrap(String text) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (var word : text.split(" ")) {
            if (line.length() + word.length() >= WIDTH - MARGIN.length()) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private static String shorten(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - 3) + "...";
    }

    private String paint(String colour, String text) {
        return colours ? "\u001b[" + colour + "m" + text + "\u001b[0m" : text;
    }
}
