package dev.lexigram.tenancy.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A client of the running service: {@code api.as(token).header("x-tenant-id", "acme").get("/customers")}. Immutable. */
public final class Api {

    static {
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host"); // read once, when the client is loaded
    }

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(30); // no answer at all is a failure, too

    private final URI base;
    private final List<String> headers;

    private Api(URI base, List<String> headers) {
        this.base = base;
        this.headers = headers;
    }

    public static Api on(int port) {
        return new Api(URI.create("http://localhost:" + port), List.of());
    }

    public Api as(String token) {
        return header("Authorization", "Bearer " + token);
    }

    /** Sends this header, too; a name may be given twice. */
    public Api header(String name, String value) {
        var more = new ArrayList<>(headers);
        more.addAll(List.of(name, value));
        return new Api(base, List.copyOf(more));
    }

    public HttpResponse<String> get(String path) {
        return send("GET", path, "");
    }

    public HttpResponse<String> post(String path, String json) {
        return send("POST", path, json);
    }

    public HttpResponse<String> put(String path, String json) {
        return send("PUT", path, json);
    }

    public HttpResponse<String> delete(String path) {
        return send("DELETE", path, "");
    }

    /** Sends any request; an empty body is none. */
    public HttpResponse<String> send(String method, String path, String json) {
        var body = json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json);
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .method(method, body)
                .timeout(PATIENCE);
        if (!json.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.size(); i += 2) {
            request.header(headers.get(i), headers.get(i + 1));
        }
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", failure);
        }
    }
}
