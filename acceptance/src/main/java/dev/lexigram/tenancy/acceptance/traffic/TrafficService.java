package dev.lexigram.tenancy.acceptance.traffic;

import static org.awaitility.Awaitility.await;

import dev.lexigram.tenancy.acceptance.Api;
import dev.lexigram.tenancy.acceptance.TestEnvironment;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.management.JMException;
import javax.management.ObjectName;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A service under traffic: few connections for many threads, and routes that run any SQL. */
public final class TrafficService implements AutoCloseable {

    private static final String POOL = "traffic";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ConfigurableApplicationContext context;
    private final Domain domain;
    private final Api api;
    private final List<Party> parties;
    private final Tables tables;
    private final Map<Party, Long> first = new HashMap<>();

    private TrafficService(Domain domain, ConfigurableApplicationContext context) {
        this.domain = domain;
        this.context = context;
        this.api = Api.on(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
        this.parties = Party.both(api, domain.baseHost());
        this.tables = new Tables(domain, database());
        parties.forEach(party -> first.put(party, tables.addFirst(party)));
    }

    /** Starts an application of these classes, with these properties as {@code name=value}. */
    public static TrafficService start(Domain domain, List<Class<?>> classes, String... properties) {
        var sources = new ArrayList<>(classes);
        sources.add(RawSqlController.class);
        var arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--spring.main.banner-mode=off",
                "--logging.level.root=error",
                "--logging.exception-conversion-word=%ex{short}",
                "--spring.datasource.hikari.pool-name=" + POOL,
                "--spring.datasource.hikari.register-mbeans=true",
                "--spring.datasource.hikari.maximum-pool-size=6",
                "--spring.datasource.hikari.connection-timeout=20000"));
        List.of(properties).forEach(property -> arguments.add("--" + property));
        return new TrafficService(
                domain,
                new SpringApplicationBuilder(sources.toArray(Class<?>[]::new))
                        .initializers(new TestEnvironment())
                        .run(arguments.toArray(String[]::new)));
    }

    Domain domain() {
        return domain;
    }

    Api api() {
        return api;
    }

    public List<Party> parties() {
        return parties;
    }

    public TestDatabase database() {
        return context.getBean(TestDatabase.class);
    }

    public Tables tables() {
        return tables;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Rows that belong to the tenant's first row. */
    Resource belonging(Party party) {
        return domain.belonging(first(party));
    }

    /** Where rows of all threads are shown. */
    List<String> lists(Party party) {
        return domain.lists(first(party));
    }

    private long first(Party party) {
        return Objects.requireNonNull(first.get(party));
    }

    /** Waits until every connection is back in the pool, with nothing open, and all is well again. */
    void awaitRest() {
        await().atMost(PATIENCE).until(() -> connectionsLent() == 0 && tables.busyConnections() == 0);
        await().atMost(PATIENCE)
                .until(() -> parties.stream()
                        .allMatch(party -> party.user().get(lists(party).get(0)).statusCode() == 200));
    }

    @Override
    public void close() {
        context.close();
    }

    private static int connectionsLent() throws JMException {
        var pool = new ObjectName("com.zaxxer.hikari:type=Pool (" + POOL + ")");
        return (int) ManagementFactory.getPlatformMBeanServer().getAttribute(pool, "ActiveConnections");
    }
}
