package dev.lexigram.tenancy.howto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.postgres.audit.FindingCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * docs/security.md claims nothing that no test shows, and leaves out no finding of the audit.
 * {@code -Dsecurity.write=true} writes the table of findings.
 */
class SecurityPageTest {

    private static final Path PAGE = Path.of("../docs/security.md");
    private static final String TITLE = "## What the audit looks for\n\n";

    @Test
    void every_attack_on_the_page_has_a_test_of_its_name() throws IOException {
        var claimed = ids(Files.readString(PAGE), "\\b([A-Z]{2})-(\\d\\d)\\b");
        var tests = testSources();

        assertThat(claimed).hasSizeGreaterThan(60);
        assertThat(ids(tests, "void ([A-Z]{2})_(\\d\\d)_")).containsAll(claimed);
    }

    @Test
    void every_finding_of_the_audit_stands_on_the_page() throws IOException {
        var table = Arrays.stream(FindingCode.values())
                .map(code -> "| `%s` | %s | %s |\n".formatted(code, code.severity(), code.risk()))
                .collect(Collectors.joining("", "| finding | severity | what can happen |\n|---|---|---|\n", ""));
        var page = Files.readString(PAGE);
        var end = page.indexOf(TITLE) + TITLE.length();
        if (Boolean.getBoolean("security.write")) {
            page = page.substring(0, end) + table;
            Files.writeString(PAGE, page);
        }

        assertThat(page.substring(end)).isEqualTo(table);
    }

    private static Set<String> ids(String text, String form) {
        return Pattern.compile(form)
                .matcher(text)
                .results()
                .map(id -> id.group(1) + "-" + id.group(2))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String testSources() throws IOException {
        try (var files = Files.walk(Path.of(".."))) {
            return files.filter(file -> file.toString().contains("/src/")
                            && (file.toString().endsWith("Test.java")
                                    || file.toString().endsWith("Contract.java")))
                    .map(SecurityPageTest::text)
                    .collect(Collectors.joining());
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
