package dev.lexigram.tenancy.postgres.isolation;

import dev.lexigram.tenancy.postgres.driver.TenancyDriver;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** The library beside another driver than that of the tests, in a class loader of its own. */
final class OtherDriver extends URLClassLoader {

    private final String missing;

    private OtherDriver(URL[] classPath, String missing) {
        super(classPath, getPlatformClassLoader());
        this.missing = missing;
    }

    /** What the library says of this version, which the build has put into the target folder. */
    static Optional<String> unsupported(String version) throws Exception {
        return unsupported(Path.of("target", "drivers", "postgresql-" + version + ".jar"), "");
    }

    /** What it says of the driver of the tests, if this class of the driver were not there. */
    static Optional<String> unsupportedWithout(String missing) throws Exception {
        return unsupported(
                Path.of(org.postgresql.Driver.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI()),
                missing);
    }

    private static Optional<String> unsupported(Path driver, String missing) throws Exception {
        var present = Arrays.stream(
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                                .split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> !path.getFileName().toString().startsWith("postgresql-"));
        var classPath =
                Stream.concat(present, Stream.of(driver)).map(OtherDriver::url).toArray(URL[]::new);
        try (var loader = new OtherDriver(classPath, missing)) {
            var told = loader.loadClass(TenancyDriver.class.getName())
                    .getMethod("unsupported")
                    .invoke(null);
            return ((Optional<?>) told).map(Object::toString);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (name.equals(missing)) {
            throw new ClassNotFoundException(name);
        }
        return super.findClass(name);
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalArgumentException(path.toString(), impossible);
        }
    }
}
