package dev.lexigram.tenancy.traffic;

import dev.lexigram.tenancy.acceptance.traffic.TrafficService;
import dev.lexigram.tenancy.example.InvoicingApplication;
import dev.lexigram.tenancy.traffic.jpa.JpaCustomers;
import java.util.ArrayList;
import java.util.List;

/** The example service under traffic. */
final class Invoicing {

    private Invoicing() {}

    /** Starts it with these properties, as {@code name=value}. */
    static TrafficService start(String... properties) {
        return start(List.of(), properties);
    }

    /** With classes that the service itself does not have. */
    static TrafficService start(List<Class<?>> more, String... properties) {
        return start(new InvoicingDomain(List.of()), more, properties);
    }

    /** With the same customers as entities, too, and sessions that are open while the answer is written. */
    static TrafficService startWithOpenInView(String... properties) {
        var all = new ArrayList<>(List.of(properties));
        all.addAll(List.of("spring.autoconfigure.exclude=", "spring.jpa.open-in-view=true"));
        return start(
                new InvoicingDomain(List.of("/jpa/customers")),
                List.of(JpaCustomers.class),
                all.toArray(String[]::new));
    }

    private static TrafficService start(InvoicingDomain domain, List<Class<?>> more, String... properties) {
        var classes = new ArrayList<Class<?>>(more);
        classes.add(0, InvoicingApplication.class);
        return TrafficService.start(domain, classes, properties);
    }
}
