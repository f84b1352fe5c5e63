package dev.lexigram.tenancy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Kinds of values that hold several texts. */
final class ListTypes {

    private static final int LONGEST = 1000;

    private ListTypes() {}

    /** Distinct texts that each match as a whole: a YAML list, a JSON array, or text separated by commas. */
    static ValueType<List<String>> listOf(String element, Pattern form) {
        return ValueType.visible(
                "a list of different values such as [a, b], or a, b, each " + element, stated -> read(stated, form));
    }

    /** Lists by a name: a YAML section or a JSON object. */
    static ValueType<Map<String, List<String>>> listsByName(String rule, Pattern name, Pattern element) {
        return ValueType.visible(rule, stated -> readMap(stated, name, element));
    }

    private static Optional<Map<String, List<String>>> readMap(@Nullable Object stated, Pattern name, Pattern element) {
        var parsed = stated instanceof String text ? parse(text, '{') : stated;
        if (!(parsed instanceof Map<?, ?> map) || map.size() > LONGEST) {
            return Optional.empty();
        }
        var lists = new HashMap<String, List<String>>();
        for (var entry : map.entrySet()) {
            var key = ValueType.readText(entry.getKey(), name);
            var list = read(entry.getValue(), element);
            if (key.isEmpty() || list.isEmpty()) {
                return Optional.empty();
            }
            lists.put(key.get(), list.get());
        }
        return Optional.of(lists);
    }

    private static Optional<List<String>> read(@Nullable Object stated, Pattern form) {
        var elements = elements(stated);
        if (elements == null || elements.size() > LONGEST) {
            return Optional.empty();
        }
        var texts = new ArrayList<String>();
        for (var element : elements) {
            var text = ValueType.readText(element, form);
            if (text.isEmpty()) {
                return Optional.empty();
            }
            texts.add(text.get());
        }
        return new HashSet<>(texts).size() == texts.size() ? Optional.of(texts) : Optional.empty();
    }

    private static @Nullable List<?> elements(@Nullable Object stated) {
        if (stated instanceof String text && !text.stripLeading().startsWith("[")) {
            return commaSeparated(text);
        }
        var parsed = stated instanceof String text ? parse(text, '[') : stated;
        if (parsed instanceof Map<?, ?> map && !map.isEmpty()) {
            return indexed(map);
        }
        return parsed instanceof List<?> list ? list : null;
    }

    private static List<String> commaSeparated(String text) {
        if (text.isBlank()) {
            return List.of();
        }
        var elements = new ArrayList<String>();
        for (var element : text.split(",", -1)) {
            elements.add(element.strip());
        }
        return elements;
    }

    /** A framework may hand over a list as a map from 0, 1, 2 and so on. */
    private static @Nullable List<?> indexed(Map<?, ?> map) {
        var elements = new ArrayList<Object>();
        for (int i = 0; i < map.size(); i++) {
            var element = map.containsKey(i) ? map.get(i) : map.get(String.valueOf(i));
            if (element == null) {
                return null;
            }
            elements.add(element);
        }
        return elements;
    }

    private static @Nullable Object parse(String text, char start) {
        if (text.isBlank() || text.strip().charAt(0) != start) {
            return null;
        }
        try {
            return BoundedYaml.read(text);
        } catch (BoundedYaml.Unreadable broken) {
            return null;
        }
    }
}
