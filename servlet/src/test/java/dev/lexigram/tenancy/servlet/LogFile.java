package dev.lexigram.tenancy.servlet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the tests' logger has really written, since this was made. */
final class LogFile {

    private static final Path FILE = Path.of("target", "refusals.log");

    private final int before = text().length();

    /** The text since then, character by character as it stands in the file. */
    String written() {
        return text().substring(before);
    }

    List<String> lines() {
        return written().lines().toList();
    }

    private static String text() {
        try {
            return Files.exists(FILE) ? Files.readString(FILE, StandardCharsets.ISO_8859_1) : "";
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
