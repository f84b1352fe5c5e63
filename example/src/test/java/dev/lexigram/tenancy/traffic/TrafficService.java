package dev.lexigram.tenancy.traffic;

import static org.awaitility.Awaitility.await;

import dev.lexigram.tenancy.example.Api;
import dev.lexigram.tenancy.example.InvoicingApplication;
import dev.lexigram.tenancy.example.TestEnvironment;
import dev.lexigram.tenancy.testkit.TestDatabase;
import dev.lexigram.tenancy.traffic.jpa.JpaCustomers;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import javax.management.ObjectName;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The example service under traffic: few connections for many threads, and routes that run any SQL. */
final class TrafficService implements AutoCloseable {

    private static final String POOL = "traffic";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ConfigurableApplicationContext context;
    private final Api api;
    private final List<Party> parties;
    private final Tables tables;
    private final boolean hasEntities;
    private final Map<Party, Long> firstCustomers = new HashMap<>();

    private TrafficService(ConfigurableApplicationContext context) {
        this.context = context;
        this.api = Api.on(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
        this.parties = Party.both(api);
        this.tables = new Tables(database());
        this.hasEntities = context.getBeanNamesForType(JpaCustomers.class).length > 0;
        parties.forEach(party -> firstCustomers.put(party, tables.addFirstCustomer(party)));
    }

    /** Starts it with these properties, as {@code name=value}. */
    static TrafficService start(String... properties) {
        return start(List.of(), properties);
    }

    /** With the same customers as entities, too, and sessions that are open while the answer is written. */
    static TrafficService startWithOpenInView(String... properties) {
        var more = new ArrayList<>(List.of(properties));
        more.addAll(List.of("spring.autoconfigure.exclude=", "spring.jpa.open-in-view=true"));
        return start(List.of(JpaCustomers.class), more.toArray(String[]::new));
    }

    /** With classes that the service itself does not have. */
    static TrafficService start(List<Class<?>> more, String... properties) {
        var classes = new ArrayList<Class<?>>(List.of(InvoicingApplication.class, RawSqlController.class));
        classes.addAll(more);
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
        return new TrafficService(new SpringApplicationBuilder(classes.toArray(Class<?>[]::new))
                .initializers(new TestEnvironment())
                .run(arguments.toArray(String[]::new)));
    }

    Api api() {
        return api;
    }

    List<Party> parties() {
        return parties;
    }

    TestDatabase database() {
        return context.getBean(TestDatabase.class);
    }

    Tables tables() {
        return tables;
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    Resource customers() {
        return new Resource.Customers(hasEntities ? List.of("/customers", "/jpa/customers") : List.of("/customers"));
    }

    /** Invoices of the tenant's first customer. */
    Resource invoices(Party party) {
        return new Resource.Invoices(firstCustomers.get(party));
    }

    /** Where rows of all threads are shown. */
    List<String> lists(Party party) {
        return hasEntities
                ? List.of("/customers", "/invoices", "/jpa/customers", "/jpa/customers/" + firstCustomers.get(party))
                : List.of("/customers", "/invoices");
    }

    /** Waits until every connection is back in the pool, with nothing open, and all is well again. */
    void awaitRest() {
        await().atMost(PATIENCE).until(() -> connectionsLent() == 0 && tables.busyConnections() == 0);
        await().atMost(PATIENCE)
                .until(() -> parties.stream()
                        .allMatch(party -> party.user().get("/customers").statusCode() == 200));
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
