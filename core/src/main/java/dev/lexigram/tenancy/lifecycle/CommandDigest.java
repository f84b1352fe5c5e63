package dev.lexigram.tenancy.lifecycle;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tells whether two commands ask for the same, whatever the order of their maps and the types of their numbers. */
final class CommandDigest {

    private CommandDigest() {}

    static String of(CreateTenantCommand command) {
        var content = new TreeMap<String, Object>(Map.of(
                "slug", command.slug().value(),
                "name", command.name(),
                "config", command.config(),
                "metadata", command.metadata()));
        command.id().ifPresent(id -> content.put("id", id.value()));
        command.plan().ifPresent(plan -> content.put("plan", plan));
        command.strategy().ifPresent(strategy -> content.put("strategy", strategy));
        var text = new StringBuilder();
        write(content, text);
        return sha256(text.toString());
    }

    /** Each value with its kind and length, so that no two contents read alike. */
    private static void write(Object value, StringBuilder text) {
        if (value instanceof Map<?, ?> map) {
            text.append('m').append(map.size()).append(':');
            new TreeMap<Object, Object>(map).forEach((key, element) -> {
                write(key, text);
                write(element, text);
            });
        } else if (value instanceof List<?> list) {
            text.append('l').append(list.size()).append(':');
            list.forEach(element -> write(element, text));
        } else if (value instanceof Number number) {
            writeText(
                    'n', new BigDecimal(number.toString()).stripTrailingZeros().toString(), text);
        } else {
            writeText(value instanceof Boolean ? 'b' : 't', value.toString(), text);
        }
    }

    private static void writeText(char kind, String value, StringBuilder text) {
        text.append(kind).append(value.length()).append(':').append(value);
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }
}
