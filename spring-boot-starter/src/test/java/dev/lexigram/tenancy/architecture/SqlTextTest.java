package dev.lexigram.tenancy.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No text is put together where a statement is made: values are bound, and texts are constants with a name. */
class SqlTextTest {

    private static final List<String> MODULES =
            List.of("core", "postgres", "servlet", "hibernate", "spring-boot-starter");
    private static final Pattern PUT_TOGETHER = Pattern.compile(
            "\\b(execute\\w*|prepareStatement|prepareCall|addBatch|nativeSQL)\\("
                    + "[^;{]*?(\"\\s*\\+|\\+\\s*\"|\\.formatted\\(|\\.concat\\(|String\\.format\\()[^;]*;",
            Pattern.DOTALL);

    @Test
    void the_library_puts_no_text_into_a_statement() throws IOException {
        var sources = MODULES.stream().flatMap(SqlTextTest::sourcesOf).toList();

        assertThat(sources).hasSizeGreaterThan(150);
        assertThat(sources).filteredOn(source -> putsTextTogether(read(source))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "statement.execute(\"set search_path to \" + tenant);",
                "connection.prepareStatement(\n    prefix + \" where id = ?\");",
                "statement.executeQuery(\"select '%s'\".formatted(name));"
            })
    void a_planted_violation_is_found(String source) {
        assertThat(putsTextTogether(source)).isTrue();
    }

    private static boolean putsTextTogether(String source) {
        return PUT_TOGETHER.matcher(source).find();
    }

    private static Stream<Path> sourcesOf(String module) {
        try (var files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
