package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A Spring Boot application on a real port, and a client of it. */
final class Service implements AutoCloseable {

    private final ConfigurableApplicationContext context;
    private final HttpClient client = HttpClient.newHttpClient();

    private Service(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts it with these properties, as {@code name=value}. */
    static Service start(Class<?> application, String... properties) {
        return start(new Class<?>[] {application}, properties);
    }

    static Service start(Class<?>[] application, String... properties) {
        return new Service(new SpringApplicationBuilder(application)
                .web(WebApplicationType.SERVLET)
                .properties("server.port=0", "spring.main.banner-mode=off", "spring.flyway.enabled=false")
                .run(arguments(properties)));
    }

    /** As arguments they come before the file of these tests, too. */
    private static String[] arguments(String... properties) {
        var last = new LinkedHashMap<String, String>();
        for (var property : properties) {
            last.put(property.substring(0, property.indexOf('=')), "--" + property);
        }
        return last.values().toArray(String[]::new);
    }

    /** Properties of a service that uses this database with the proper roles; later ones win. */
    static String[] on(TestDatabase database, String... more) {
        var properties = new ArrayList<>(List.of(
                "spring.datasource.url=" + database.jdbcUrl(),
                "spring.datasource.username=tenancy_app",
                "tenancy.control_plane.user=tenancy_control",
                "tenancy.membership.source=sql",
                "tenancy.isolation.audit_interval=0", // controls take policies away for a moment
                "tenancy.isolation.tables.tenant=note"));
        properties.addAll(Arrays.asList(more));
        return properties.toArray(String[]::new);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    <T> Collection<T> beans(Class<T> type) {
        return context.getBeansOfType(type).values();
    }

    <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    /** Sends a GET with a token (or none, if it is blank) and headers as name, value, name, value. */
    HttpResponse<String> get(String path, String token, String... headers) {
        return send(request(path, token, headers).build());
    }

    HttpResponse<String> post(String path, String token, String body, String... headers) {
        return send(request(path, token, headers)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    /** Sends these bytes as they are, and gives what comes back until the server closes. */
    String raw(String request) {
        try (var socket = new Socket("localhost", port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    int port() {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    @Override
    public void close() {
        context.close();
    }

    private HttpRequest.Builder request(String path, String token, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port() + path));
        if (!token.isBlank()) {
            request.header("Authorization", "Bearer " + token);
        }
        return headers.length == 0 ? request : request.headers(headers);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
