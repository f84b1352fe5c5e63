package dev.lexigram.tenancy;

import java.util.Map;

/** Sections of a configuration as a framework hands them over. */
final class Sections {

    private Sections() {}

    /** Maps in maps, down to this path. */
    static Map<String, Object> nested(String path, Object value) {
        var dot = path.lastIndexOf('.');
        return dot < 0 ? Map.of(path, value) : nested(path.substring(0, dot), Map.of(path.substring(dot + 1), value));
    }
}
