package dev.lexigram.tenancy;

import dev.lexigram.tenancy.tenant.Nearest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Every key of the configuration, by its path and by its environment variable. */
final class Settings {

    private static final Map<String, Setting<?>> BY_PATH = index(Setting::path);
    private static final Map<String, Setting<?>> BY_VARIABLE = index(Setting::variable);
    private static final Set<String> SECTIONS = sections();

    private Settings() {}

    static Optional<Setting<?>> byPath(String path) {
        return Optional.ofNullable(BY_PATH.get(path));
    }

    static Optional<Setting<?>> byVariable(String variable) {
        return Optional.ofNullable(BY_VARIABLE.get(variable));
    }

    static boolean isSection(String path) {
        return SECTIONS.contains(path);
    }

    static List<Setting<?>> all() {
        return List.copyOf(BY_PATH.values());
    }

    /** The known path that a person most likely meant. */
    static String nearestPath(String path) {
        var known = new ArrayList<>(BY_PATH.keySet());
        known.addAll(SECTIONS);
        return Nearest.of(path, known);
    }

    /** The known variable that a person most likely meant. */
    static String nearestVariable(String variable) {
        return Nearest.of(variable, BY_VARIABLE.keySet());
    }

    private static Map<String, Setting<?>> index(Function<Setting<?>, String> name) {
        var index = new LinkedHashMap<String, Setting<?>>();
        SectionSettings.ALL.forEach(setting -> index.put(name.apply(setting), setting));
        ConnectionSettings.ALL.forEach(setting -> index.put(name.apply(setting), setting));
        ResolutionSettings.ALL.forEach(setting -> index.put(name.apply(setting), setting));
        return index;
    }

    private static Set<String> sections() {
        var sections = new HashSet<String>();
        for (var path : BY_PATH.keySet()) {
            for (int dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
                sections.add(path.substring(0, dot));
            }
        }
        return sections;
    }
}
