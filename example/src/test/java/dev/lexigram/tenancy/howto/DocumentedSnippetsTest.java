package dev.lexigram.tenancy.howto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every Java snippet of the documents stands, line for line, between two tags of a test in this package. */
class DocumentedSnippetsTest {

    private static final Path TESTS = Path.of("src/test/java/dev/lexigram/tenancy/howto");

    @ParameterizedTest
    @MethodSource("snippets")
    void is_part_of_a_test_that_runs(String snippet) throws IOException {
        assertThat(regions()).contains(snippet);
    }

    static List<String> snippets() throws IOException {
        var snippets = new ArrayList<String>();
        var document = Files.readString(Path.of("../docs/howtos.md"))
                + Files.readString(Path.of("../docs/adopting.md"))
                + Files.readString(Path.of("../docs/binding.md"))
                + Files.readString(Path.of("../docs/lifecycle.md"))
                + Files.readString(Path.of("../docs/events.md"))
                + Files.readString(Path.of("../README.md"));
        for (var start = document.indexOf("```java\n"); start >= 0; start = document.indexOf("```java\n", start + 1)) {
            var from = start + "```java\n".length();
            snippets.add(document.substring(from, document.indexOf("```", from)).strip());
        }
        assertThat(snippets).hasSizeGreaterThanOrEqualTo(6);
        return snippets;
    }

    private static List<String> regions() throws IOException {
        try (var files = Files.list(TESTS)) {
            return files.flatMap(DocumentedSnippetsTest::regionsOf).toList();
        }
    }

    private static Stream<String> regionsOf(Path file) {
        var regions = new ArrayList<String>();
        StringBuilder open = null;
        for (var line : linesOf(file)) {
            if (line.strip().startsWith("// tag::")) {
                open = new StringBuilder();
            } else if (line.strip().startsWith("// end::") && open != null) {
                regions.add(open.toString().stripTrailing().stripIndent());
                open = null;
            } else if (open != null) {
                open.append(line).append('\n');
            }
        }
        return regions.stream();
    }

    private static List<String> linesOf(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
