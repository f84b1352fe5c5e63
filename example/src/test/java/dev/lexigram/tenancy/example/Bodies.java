package dev.lexigram.tenancy.example;

/** The JSON that the tests send. */
final class Bodies {

    private Bodies() {}

    static String customer(String name) {
        return """
                {"name": "%s", "email": "someone@customers.example"}""".formatted(name);
    }

    /** Two lines, 250.50 in all. */
    static String invoice(Object customerId) {
        return """
                {"customerId": %s, "dueOn": "2027-01-31", "lines": [
                  {"description": "Design", "quantity": 2, "unitPrice": 120.00},
                  {"description": "Hosting", "quantity": 1, "unitPrice": 10.50}]}""".formatted(customerId);
    }
}
