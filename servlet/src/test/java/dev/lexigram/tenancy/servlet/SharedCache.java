package dev.lexigram.tenancy.servlet;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A proxy that keeps answers for everybody and obeys RFC 9111: nothing that is private or not to be stored, and an answer
 * with {@code Vary} only for requests with the same headers. What says nothing it keeps, as heuristics may.
 */
final class SharedCache {

    private record Kept(Map<String, String> vary, String body) {}

    private final TomcatServer server;
    private final Map<String, List<Kept>> kept = new HashMap<>();

    SharedCache(TomcatServer server) {
        this.server = server;
    }

    /** Answers from memory if it may. */
    String get(String path, String... headers) {
        var known = kept.getOrDefault(path, List.of()).stream()
                .filter(answer -> answer.vary.entrySet().stream()
                        .allMatch(entry -> value(entry.getKey(), headers).equals(entry.getValue())))
                .findFirst();
        return known.map(Kept::body).orElseGet(() -> forward(path, headers));
    }

    private String forward(String path, String... headers) {
        var answer = server.get(path, headers);
        var directives = String.join(",", answer.headers().allValues("Cache-Control"));
        if (answer.statusCode() == 200 && !directives.contains("private") && !directives.contains("no-store")) {
            kept.computeIfAbsent(path, any -> new ArrayList<>()).add(new Kept(vary(answer, headers), answer.body()));
        }
        return answer.body();
    }

    private static Map<String, String> vary(HttpResponse<String> answer, String... headers) {
        var vary = new HashMap<String, String>();
        answer.headers().allValues("Vary").stream()
                .flatMap(names -> Arrays.stream(names.split(",")))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .forEach(name -> vary.put(name, value(name, headers)));
        return vary;
    }

    private static String value(String name, String... headers) {
        for (int index = 0; index < headers.length; index += 2) {
            if (headers[index].equalsIgnoreCase(name)) {
                return headers[index + 1];
            }
        }
        return "";
    }
}
