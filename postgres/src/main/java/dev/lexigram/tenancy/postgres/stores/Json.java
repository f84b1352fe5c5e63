package dev.lexigram.tenancy.postgres.stores;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON as the control plane stores it: numbers keep their value, and a null reads as if it were not there. */
final class Json {

    // A tenant's JSON is at most 64 KiB, which one long number may fill.
    private static final StreamReadConstraints LIMITS =
            StreamReadConstraints.builder().maxNumberLength(128 * 1024).build();

    private static final JsonMapper MAPPER = JsonMapper.builder(
                    JsonFactory.builder().streamReadConstraints(LIMITS).build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Json() {}

    static String write(Map<String, ?> map) {
        return MAPPER.writeValueAsString(map);
    }

    /** A value that is not null. */
    static Object readValue(String json) {
        return MAPPER.readValue(json, Object.class);
    }

    static Map<String, Object> readMap(@Nullable String json) {
        var value = json == null ? null : MAPPER.readValue(json, Object.class);
        return value instanceof Map<?, ?> map ? withoutNulls(map) : Map.of();
    }

    private static Map<String, Object> withoutNulls(Map<?, ?> map) {
        var present = new LinkedHashMap<String, Object>();
        map.forEach((key, value) -> {
            if (value != null) {
                present.put((String) key, withoutNulls(value));
            }
        });
        return present;
    }

    private static Object withoutNulls(Object value) {
        if (value instanceof Map<?, ?> map) {
            return withoutNulls(map);
        }
        return value instanceof List<?> list
                ? list.stream().filter(Objects::nonNull).map(Json::withoutNulls).toList()
                : value;
    }
}
