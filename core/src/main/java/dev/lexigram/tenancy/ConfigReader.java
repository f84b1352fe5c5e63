package dev.lexigram.tenancy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a configuration from its sources in turn, a later one beating the earlier. Used once, by one thread.
 *
 * <p>A wrong value leaves the key as it was and is reported by {@link #finish} with all others.
 */
final class ConfigReader {

    private static final String ROOT = "tenancy";

    private final Problems problems = new Problems();
    private final Set<String> seen = new HashSet<>();
    private TenancyConfig config = TenancyConfig.DEFAULTS;

    void readFile(Path file) {
        try {
            if (!(BoundedYaml.read(textOf(file)) instanceof Map<?, ?> document) || !document.containsKey(ROOT)) {
                problems.add("File " + file + " has no section tenancy:, add it or name another file");
                return;
            }
            readValue("", document.get(ROOT));
        } catch (BoundedYaml.Unreadable broken) {
            problems.add("File " + file + " cannot be used, " + broken.getMessage());
        } catch (CharacterCodingException broken) {
            problems.add("File " + file + " is not UTF-8, save it in that encoding");
        } catch (IOException broken) {
            problems.add("File " + file + " cannot be read ("
                    + broken.getClass().getSimpleName() + "), check the path and its permissions");
        }
    }

    void readSection(Map<String, ?> section) {
        readValue("", section);
    }

    void readEnvironment(Map<String, String> environment) {
        new TreeMap<>(environment).forEach((variable, value) -> {
            if (variable.startsWith(Setting.PREFIX)) {
                readVariable(variable, value);
            }
        });
    }

    /** @throws dev.lexigram.tenancy.tenant.TenancyConfigurationException if anything was wrong */
    TenancyConfig finish() {
        problems.raiseIfAny();
        return config;
    }

    private void readVariable(String variable, String value) {
        var setting = Settings.byVariable(variable);
        if (setting.isEmpty()) {
            problems.add(() -> "Unknown variable " + Problems.shown(variable) + ", the nearest known one is "
                    + Settings.nearestVariable(variable));
            return;
        }
        config = setting.get().apply(config, variable, value, problems);
    }

    private void readValue(String path, @Nullable Object value) {
        var setting = Settings.byPath(path);
        if (setting.isPresent()) {
            readSetting(setting.get(), value);
        } else if (!path.isEmpty() && !Settings.isSection(path)) {
            problems.add(() -> "Unknown key " + Problems.shown(ROOT + "." + path) + ", the nearest known one is " + ROOT
                    + "." + Settings.nearestPath(path));
        } else if (value instanceof Map<?, ?> section) {
            section.forEach((key, inner) -> readValue(child(path, key), inner));
        } else if (value != null) {
            problems.add(nameOf(path) + " must be a section with keys of its own, but is a single value or a list");
        }
    }

    private void readSetting(Setting<?> setting, @Nullable Object value) {
        var name = nameOf(setting.path());
        if (seen.add(setting.path())) {
            config = setting.apply(config, name, value, problems);
        } else {
            problems.add(name + " is stated twice, in two spellings; keep one of them");
        }
    }

    private static String child(String path, @Nullable Object key) {
        // Only text is ever printed: a key that is a collection may unfold without end.
        var name = key instanceof String text && !text.isEmpty() ? text.replace('-', '_') : "(no text)";
        return path.isEmpty() ? name : path + "." + name;
    }

    private static String nameOf(String path) {
        return path.isEmpty() ? ROOT : ROOT + "." + path;
    }

    private static String textOf(Path file) throws IOException, BoundedYaml.Unreadable {
        try (var bytes = Files.newInputStream(file)) {
            var content = bytes.readNBytes(BoundedYaml.MAX_BYTES + 1);
            BoundedYaml.checkSize(content.length);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        }
    }
}
