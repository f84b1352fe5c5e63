package dev.lexigram.tenancy.postgres.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How many round trips each scenario took, as a part of a document that is checked, or written on demand. */
final class RoundTripTable {

    private static final Path DOCUMENT = Path.of("..", "docs", "binding.md");
    private static final String BEGIN = "<!-- round trips: written by BinderContractTest -->\n";
    private static final String END = "<!-- end of the round trips -->\n";
    private static final boolean WRITES = Boolean.getBoolean("binding.write");
    private static final boolean DOCUMENTED =
            System.getProperty("driver.version", "").isEmpty();

    /** Where the driver binder may take more, once for each batch, text or lease; docs/binding.md says why. */
    private static final Set<String> EXTRAS = Set.of(
            "a prepared batch of 600 with keys",
            "a prepared batch without keys",
            "several statements in one text",
            "read-only and isolation set first");

    private static final int TIMES = BindingContract.TIMES;

    private final Map<Case, Integer> counts = new LinkedHashMap<>();

    /** One measurement; without a binder it is the driver's own. */
    private record Case(
            DriverMode mode,
            String scenario,
            boolean autoCommit,
            @Nullable BinderUnderTest binder) {}

    void add(DriverMode mode, String scenario, boolean autoCommit, @Nullable BinderUnderTest binder, int roundTrips) {
        counts.put(new Case(mode, scenario, autoCommit, binder), roundTrips);
    }

    /** The driver binder takes no round trip more than the driver alone, but for the known ones. */
    void checkExtras() {
        check(Set.of(), Set.of());
    }

    /**
     * The same, but what is only described has to be bound beforehand; that is what the driver does each time in the mode
     * that is left out.
     */
    void checkExtrasOfSchemas() {
        check(
                Set.of(DriverMode.PREPARED_AT_ONCE),
                Set.of("metadata before and after execution", "a prepared batch of 600 with keys"));
    }

    private void check(Set<DriverMode> leftOut, Set<String> described) {
        assertThat(counts).allSatisfy((measured, count) -> {
            if (measured.binder == BinderUnderTest.DRIVER
                    && measured.mode.isCounted()
                    && !leftOut.contains(measured.mode)) {
                var own = counts.get(new Case(measured.mode, measured.scenario, measured.autoCommit, null));
                var extra = described.contains(measured.scenario)
                        ? 4 * TIMES
                        : EXTRAS.contains(measured.scenario) ? TIMES : 0;
                assertThat(count).as(measured.toString()).isLessThanOrEqualTo(own + extra);
            }
        });
    }

    /** Compares with the document, which is about the newest driver, or writes into it. */
    void publish() throws IOException {
        if (!DOCUMENTED) {
            return;
        }
        var document = Files.readString(DOCUMENT);
        var begin = document.indexOf(BEGIN) + BEGIN.length();
        var end = document.indexOf(END);
        if (WRITES) {
            Files.writeString(DOCUMENT, document.substring(0, begin) + text() + document.substring(end));
        } else {
            assertThat(document.substring(begin, end))
                    .as("the table in docs/binding.md; rewrite it by: mvn -pl postgres -am test"
                            + " -Dtest=BinderContractTest -Dsurefire.failIfNoSpecifiedTests=false -Dbinding.write=true")
                    .isEqualTo(text());
        }
    }

    private String text() {
        var text = new StringBuilder("""

                | seven times | autocommit: driver | driver binder | plain binder | transaction: driver | driver binder | plain binder |
                |---|---|---|---|---|---|---|
                """);
        scenarios(DriverMode.ORDINARY).forEach(scenario -> {
            text.append("| ").append(scenario);
            for (var autoCommit : new boolean[] {true, false}) {
                text.append(" | ").append(count(DriverMode.ORDINARY, scenario, autoCommit, null));
                for (var binder : new BinderUnderTest[] {BinderUnderTest.DRIVER, BinderUnderTest.PLAIN}) {
                    text.append(" | ").append(count(DriverMode.ORDINARY, scenario, autoCommit, binder));
                }
            }
            text.append(" |\n");
        });
        text.append("""

                | where the driver binder takes other round trips | in | driver | driver binder |
                |---|---|---|---|
                """);
        counts.forEach((measured, count) -> {
            var own = counts.get(new Case(measured.mode, measured.scenario, measured.autoCommit, null));
            if (measured.binder == BinderUnderTest.DRIVER && measured.mode.isCounted() && !count.equals(own)) {
                text.append("| ").append(measured.mode.title()).append(": ").append(measured.scenario);
                text.append(measured.autoCommit ? " | autocommit | " : " | transaction | ");
                text.append(own).append(" | ").append(count).append(" |\n");
            }
        });
        return text.append('\n').toString();
    }

    private Iterable<String> scenarios(DriverMode mode) {
        return counts.keySet().stream()
                .filter(measured -> measured.mode == mode)
                .map(Case::scenario)
                .distinct()
                .toList();
    }

    private String count(DriverMode mode, String scenario, boolean autoCommit, @Nullable BinderUnderTest binder) {
        var count = counts.get(new Case(mode, scenario, autoCommit, binder));
        return count == null ? "refused" : count.toString();
    }
}
