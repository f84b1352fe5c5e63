package dev.lexigram.tenancy.postgres.adoption;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Files that are written whole, and all of them or none that was not there. */
final class PlanFiles {

    private final Map<Path, String> contents = new LinkedHashMap<>();
    private final boolean overwrites;

    PlanFiles(boolean overwrites) {
        this.overwrites = overwrites;
    }

    void add(Path file, String content) {
        contents.put(file, content);
    }

    List<Path> paths() {
        return List.copyOf(contents.keySet());
    }

    /**
     * Refuses before anything is written.
     *
     * @throws IOException if a file is there already, or its folder is not
     */
    static void check(Path file, boolean overwrites) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new NoSuchFileException(String.valueOf(folder), null, "the folder does not exist");
        }
        if (Files.exists(file) && !overwrites) {
            throw new FileAlreadyExistsException(file.toString(), null, "the file exists; --force replaces it");
        }
    }

    void write() throws IOException {
        for (var file : contents.keySet()) {
            check(file, overwrites);
        }
        var temporary = new LinkedHashMap<Path, Path>();
        var moved = new ArrayList<Path>();
        try {
            for (var entry : contents.entrySet()) {
                var beside = entry.getKey()
                        .toAbsolutePath()
                        .resolveSibling("." + entry.getKey().getFileName() + ".tmp");
                temporary.put(entry.getKey(), beside);
                Files.writeString(beside, entry.getValue());
            }
            for (var entry : temporary.entrySet()) {
                move(entry.getValue(), entry.getKey());
                moved.add(entry.getKey());
            }
        } catch (IOException failure) {
            for (var file : overwrites ? List.<Path>of() : moved) {
                Files.deleteIfExists(file);
            }
            throw failure;
        } finally {
            for (var file : temporary.values()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private void move(Path from, Path to) throws IOException {
        if (overwrites) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.move(from, to);
        }
    }
}
