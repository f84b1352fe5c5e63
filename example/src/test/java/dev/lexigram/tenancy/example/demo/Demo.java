package dev.lexigram.tenancy.example.demo;

import dev.lexigram.tenancy.acceptance.Api;
import dev.lexigram.tenancy.acceptance.TestEnvironment;
import dev.lexigram.tenancy.example.InvoicingApplication;
import dev.lexigram.tenancy.lifecycle.TenantLifecycleService;
import dev.lexigram.tenancy.tenant.TenantId;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts PostgreSQL and the service, gives the tour, and leaves it running; {@code --tour} ends with the tour. */
public final class Demo {

    private static final int PORT = 8080;

    private Demo() {}

    /** Ends with status 1 if the service does not start or an answer was not the expected one. */
    public static void main(String[] arguments) {
        var tourOnly = List.of(arguments).contains("--tour");
        try {
            var narrator = new Narrator(System.out, Boolean.getBoolean("demo.colours"));
            var service = start(narrator, tourOnly);
            tour(narrator, service);
            if (tourOnly || narrator.failures() > 0) {
                System.exit(narrator.failures() == 0 ? 0 : 1);
            }
            invite(narrator, port(service));
        } catch (IOException | RuntimeException failure) {
            failure.printStackTrace();
            System.exit(1); // the server's threads would keep a half-started service alive
        }
    }

    private static ConfigurableApplicationContext start(Narrator narrator, boolean tourOnly) {
        narrator.say("Starting PostgreSQL and the example service ...");
        var service = new SpringApplicationBuilder(InvoicingApplication.class)
                .initializers(new TestEnvironment())
                .run(
                        "--server.port=" + (tourOnly ? 0 : freePort()),
                        "--spring.main.banner-mode=off",
                        "--logging.level.root=error");
        narrator.say("It listens on http://localhost:%d. Its tenants: acme and globex.".formatted(port(service)));
        return service;
    }

    private static void tour(Narrator narrator, ConfigurableApplicationContext service) {
        var tenants = service.getBean(TenantLifecycleService.class);
        var sql = new RawSql(service.getBean(DataSource.class));
        new Tour(
                        narrator,
                        Api.on(port(service)),
                        sql,
                        tenants,
                        tenants.getTenant(TenantId.of("acme")).orElseThrow())
                .run();
        narrator.say(
                narrator.failures() == 0
                        ? "%nAll %d answers were as they should be.".formatted(narrator.checks())
                        : "%n%d of %d answers were WRONG.".formatted(narrator.failures(), narrator.checks()));
    }

    private static void invite(Narrator narrator, int port) throws IOException {
        var target = Files.createDirectories(Path.of("example", "target", "demo"));
        for (var user : List.of("alice", "carol")) {
            Files.writeString(target.resolve(user), "Authorization: Bearer " + Tour.token(user) + "\n");
        }
        narrator.say("""

                The service runs on until you press Ctrl-C. From another terminal, here:
                  curl -H @example/target/demo/alice localhost:%1$d/customers
                  curl -H @example/target/demo/alice -H 'X-Tenant-ID: globex' localhost:%1$d/customers
                  curl -H @example/target/demo/carol -H 'X-Tenant-ID: globex' localhost:%1$d/customers
                  curl -H @example/target/demo/carol localhost:%1$d/tenants/acme/customers
                  curl -H @example/target/demo/carol -H 'Host: acme.invoicing.localhost' \\
                       localhost:%1$d/customers
                alice's token names acme; carol's names no tenant, and she is a member of both.""".formatted(port));
    }

    private static int port(ConfigurableApplicationContext service) {
        return service.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    private static int freePort() {
        try (var probe = new ServerSocket(PORT)) {
            return probe.getLocalPort();
        } catch (IOException taken) {
            return 0;
        }
    }
}
