package dev.lexigram.tenancy.benchmarks;

import dev.lexigram.tenancy.benchmarks.database.DatabaseSuite;
import dev.lexigram.tenancy.benchmarks.inprocess.CacheMemorySuite;
import dev.lexigram.tenancy.benchmarks.inprocess.JmhSuite;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs the suites that are named on the command line, prints what they find, and writes it as Markdown. Ends by itself
 * and leaves nothing behind.
 */
public final class Benchmarks {

    private static final List<Suite> SUITES = Stream.<List<Suite>>of(
                    JmhSuite.all(), List.of(new CacheMemorySuite()), DatabaseSuite.all())
            .flatMap(List::stream)
            .toList();

    private Benchmarks() {}

    public static void main(String[] arguments) throws Exception {
        System.setProperty("org.jboss.logging.provider", "slf4j"); // Hibernate's log, which would hide the figures
        var options = readOrExplain(arguments);
        for (var name : options.suites()) {
            var suite = suite(name);
            var figures = "%s, on %s.%n%n%s%n".formatted(suite.title(), Machine.description(), suite.run(options));
            System.out.println(figures);
            write(options, name, figures);
        }
    }

    private static Options readOrExplain(String... arguments) {
        try {
            var options = Options.parse(arguments);
            options.suites().forEach(Benchmarks::suite);
            if (!options.suites().isEmpty()) {
                return options;
            }
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
        }
        System.err.println("usage: suite... [--rounds n] [--seconds s] [--seed n] [--output folder]");
        SUITES.forEach(suite -> System.err.printf("  %-12s %s%n", suite.name(), suite.title()));
        System.exit(2);
        throw new IllegalStateException("ended");
    }

    /** @throws IllegalArgumentException if there is none of this name */
    private static Suite suite(String name) {
        return SUITES.stream()
                .filter(suite -> suite.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no suite " + name + "; there are "
                        + SUITES.stream().map(Suite::name).collect(Collectors.joining(", "))));
    }

    private static void write(Options options, String name, String figures) throws IOException {
        Files.createDirectories(options.output());
        Files.writeString(options.output().resolve(name + ".md"), figures);
    }
}
