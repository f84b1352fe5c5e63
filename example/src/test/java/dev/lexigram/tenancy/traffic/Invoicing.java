package dev.lexigram.tenancy.traffic;

import dev.lexigram.tenancy.acceptance.traffic.TrafficService;
import dev.lexigram.tenancy.example.InvoicingApplication;
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
        var classes = new ArrayList<Class<?>>(more);
        classes.add(0, InvoicingApplication.class);
        return TrafficService.start(new InvoicingDomain(), classes, properties);
    }
}
