package dev.lexigram.tenancy.postgres.faults;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where PgBouncer is: installed, or else unpacked from the distribution's packages into the module's {@code target}, which
 * needs {@code apt-get} and no rights.
 *
 * @param libraries folders of libraries that the system lacks, as {@code LD_LIBRARY_PATH} has them
 */
record PgBouncerProgram(Path executable, String libraries) {

    private static final Path FOLDER = Path.of("target", "pgbouncer").toAbsolutePath();
    private static final String ADVICE = "PgBouncer is neither installed nor to be had from a Debian mirror. Install it"
            + " (Debian and Ubuntu: apt-get install pgbouncer; Fedora: dnf install pgbouncer), or leave its tests out with"
            + " -DexcludedGroups=pgbouncer.";
    private static final Pattern LIBRARY = Pattern.compile("(?:^|[,|]\\s*)(lib[a-z0-9.+-]+)");

    /** @throws IllegalStateException with advice if it cannot be had */
    static PgBouncerProgram find() {
        try {
            return installed()
                    .map(executable -> new PgBouncerProgram(executable, ""))
                    .orElseGet(PgBouncerProgram::unpacked);
        } catch (UncheckedIOException | IllegalStateException failure) {
            throw new IllegalStateException(ADVICE, failure);
        }
    }

    private static Optional<Path> installed() {
        var path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(Stream.of(path.split(File.pathSeparator)), Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(folder -> Path.of(folder, "pgbouncer"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static PgBouncerProgram unpacked() {
        var root = FOLDER.resolve("root");
        var executable = root.resolve("usr/sbin/pgbouncer");
        if (!Files.isExecutable(executable)) {
            unpack("pgbouncer", root);
        }
        if (!missingLibraries(executable, libraries(root)).isEmpty()) {
            libraryPackages().forEach(name -> unpack(name, root));
        }
        var missing = missingLibraries(executable, libraries(root));
        if (!missing.isEmpty()) {
            throw new IllegalStateException("Libraries are missing: " + missing);
        }
        return new PgBouncerProgram(executable, libraries(root));
    }

    private static void unpack(String name, Path root) {
        run(Map.of(), "dpkg-deb", "-x", download(name).toString(), root.toString());
    }

    private static Path download(String name) {
        var packages = folder("packages");
        try {
            run(Map.of(), "apt-get", "-o", "APT::Sandbox::User=root", "download", name);
        } catch (IllegalStateException noListOfPackages) {
            run(Map.of(), aptGet("update"));
            run(Map.of(), aptGet("download", name));
        }
        return files(packages)
                .filter(file -> file.getFileName().toString().startsWith(name + "_"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("apt-get downloaded no " + name));
    }

    /** With lists of its own, which need no rights. */
    private static String[] aptGet(String... arguments) {
        var own = Stream.of(
                "apt-get",
                "-o",
                "APT::Sandbox::User=root",
                "-o",
                "Dir::State::lists=" + folder("lists"),
                "-o",
                "Dir::Cache=" + folder("cache"));
        return Stream.concat(own, Stream.of(arguments)).toArray(String[]::new);
    }

    private static List<String> libraryPackages() {
        var depends = run(Map.of(), "dpkg-deb", "-f", download("pgbouncer").toString(), "Depends");
        return LIBRARY.matcher(depends)
                .results()
                .map(found -> found.group(1))
                .filter(name -> !isInstalled(name))
                .toList();
    }

    private static boolean isInstalled(String name) {
        try {
            return run(Map.of(), "dpkg-query", "-W", "-f=${Status}", name).equals("install ok installed");
        } catch (IllegalStateException unknown) {
            return false;
        }
    }

    private static List<String> missingLibraries(Path executable, String libraries) {
        return run(Map.of("LD_LIBRARY_PATH", libraries), "ldd", executable.toString())
                .lines()
                .filter(line -> line.contains("not found"))
                .map(String::strip)
                .toList();
    }

    private static String libraries(Path root) {
        return files(root)
                .filter(file -> file.getFileName().toString().contains(".so"))
                .map(file -> file.getParent().toString())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Stream<Path> files(Path root) {
        try (var files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Path folder(String name) {
        try {
            return Files.createDirectories(FOLDER.resolve(name));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** What the command prints. */
    private static String run(Map<String, String> environment, String... command) {
        try {
            var builder = new ProcessBuilder(command)
                    .directory(folder("packages").toFile())
                    .redirectErrorStream(true);
            builder.environment().putAll(environment);
            var process = builder.start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + output);
            }
            return output;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
