package dev.lexigram.tenancy.example;

import java.util.UUID;

/** The JSON that the tests send. */
final class Bodies {

    private Bodies() {}

    /** A customer with an address of its own. */
    static String customer(String name) {
        return customer(name, UUID.randomUUID() + "@customers.example");
    }

    static String customer(String name, String email) {
        return """
                {"name": "%s", "email": "%s"}""".formatted(name, email);
    }

    /** Two lines, 250.50 in all. */
    static String invoice(Object customerId) {
        return """
                {"customerId": %s, "dueOn": "2027-01-31", "lines": [
                  {"description": "Design", "quantity": 2, "unitPrice": 120.00},
                  {"description": "Hosting", "quantity": 1, "unitPrice": 10.50}]}""".formatted(customerId);
    }
}
