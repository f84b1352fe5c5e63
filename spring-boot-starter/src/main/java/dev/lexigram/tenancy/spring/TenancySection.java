package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertyResolver;

/**
 * The properties below {@code tenancy.} of one source, as the nested maps and lists that they were before they became
 * properties. Names are compared with underscores for hyphens; the key of an issuer is taken as it is.
 */
final class TenancySection {

    private static final String PREFIX = "tenancy.";
    private static final String ISSUERS = "resolution.issuers";

    private final Map<String, Object> root = new LinkedHashMap<>();

    /** Reads a source. @throws TenancyConfigurationException if it states a key in two spellings */
    static Map<String, Object> of(EnumerablePropertySource<?> source, PropertyResolver placeholders) {
        var section = new TenancySection();
        for (var name : source.getPropertyNames()) {
            var value = name.startsWith(PREFIX) ? source.getProperty(name) : null;
            if (value != null) {
                section.put(
                        name,
                        value instanceof CharSequence text
                                ? placeholders.resolveRequiredPlaceholders(text.toString())
                                : value);
            }
        }
        return finished(section.root);
    }

    /** Adds to the stronger section what only the weaker one states; a list is never mixed of both. */
    @SuppressWarnings("unchecked")
    static void fill(Map<String, Object> stronger, Map<String, Object> weaker) {
        weaker.forEach((key, value) -> {
            var present = stronger.putIfAbsent(key, value);
            if (present instanceof Map<?, ?> section && value instanceof Map<?, ?> more) {
                fill((Map<String, Object>) section, (Map<String, Object>) more);
            }
        });
    }

    private void put(String name, Object value) {
        var path = path(name.substring(PREFIX.length()));
        var section = root;
        for (var key : path.subList(0, path.size() - 1)) {
            section = section(section, key);
        }
        if (section.put(path.get(path.size() - 1), value) != null) {
            throw TenancyConfigurationException.of(
                    List.of(name + " is stated twice, in two spellings; keep one of them"));
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> section(Map<String, Object> outer, String key) {
        var inner = outer.computeIfAbsent(key, any -> new LinkedHashMap<String, Object>());
        return inner instanceof Map<?, ?> section ? (Map<String, Object>) section : new LinkedHashMap<>();
    }

    private static List<String> path(String name) {
        if (name.startsWith(ISSUERS) && name.length() > ISSUERS.length()) {
            return issuer(name.substring(ISSUERS.length()));
        }
        var path = new ArrayList<String>();
        for (var segment : name.replace('-', '_').split("\\.", -1)) {
            var bracket = segment.indexOf('[');
            path.add(bracket < 0 ? segment : segment.substring(0, bracket));
            path.addAll(elements(bracket < 0 ? "" : segment.substring(bracket)));
        }
        return path;
    }

    /** {@code .https://id.example.com[0]} or {@code [https://id.example.com][0]}: an address has dots of its own. */
    private static List<String> issuer(String rest) {
        var index = rest.matches(".+\\[\\d+]") ? rest.lastIndexOf('[') : rest.length();
        var key = rest.substring(0, index);
        var inBrackets = key.startsWith("[") && key.endsWith("]");
        var path = new ArrayList<>(List.of("resolution", "issuers"));
        path.add(inBrackets ? key.substring(1, key.length() - 1) : key.substring(1));
        path.addAll(elements(rest.substring(index)));
        return path;
    }

    /** {@code [0][1]} taken apart, each with its bracket so that a list is told from a section. */
    private static List<String> elements(String brackets) {
        var elements = new ArrayList<String>();
        for (var element : brackets.split("\\]")) {
            if (!element.isEmpty()) {
                elements.add(element);
            }
        }
        return elements;
    }

    private static Map<String, Object> finished(Map<String, Object> section) {
        section.replaceAll((key, value) -> value instanceof Map<?, ?> inner ? listOrSection(inner) : value);
        return section;
    }

    @SuppressWarnings("unchecked")
    private static Object listOrSection(Map<?, ?> inner) {
        var section = finished((Map<String, Object>) inner);
        var elements = new TreeMap<Integer, Object>();
        section.forEach((key, value) -> {
            var index = index(key);
            if (index != null) {
                elements.put(index, value);
            }
        });
        return elements.size() == section.size() && !elements.isEmpty() ? new ArrayList<>(elements.values()) : section;
    }

    private static @Nullable Integer index(String key) {
        return key.matches("\\[\\d{1,6}") ? Integer.valueOf(key.substring(1)) : null;
    }
}
