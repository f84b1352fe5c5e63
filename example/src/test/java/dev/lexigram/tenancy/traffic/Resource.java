package dev.lexigram.tenancy.traffic;

import static com.jayway.jsonpath.JsonPath.read;

import java.util.List;
import java.util.Random;

/** A kind of rows, as they look over HTTP: each has an id and one text that tells it from all others. */
interface Resource {

    String path(Random random);

    /** What creates such a row, or replaces it where that is possible. */
    String body(Party party, String name);

    /** So many rows, and the lists stay short. */
    int mostPerThread();

    /** The text in an answer that shows one row. */
    String text(String json);

    /** As one who sees everything: id and text of the rows of one tenant. */
    String rows();

    /** Customers, under one or more paths. */
    record Customers(List<String> paths) implements Resource {

        @Override
        public String path(Random random) {
            return paths.get(random.nextInt(paths.size()));
        }

        @Override
        public String body(Party party, String name) {
            return """
                    {"name": "%s", "email": "%s"}""".formatted(party.text(name), party.email(name));
        }

        @Override
        public int mostPerThread() {
            return 6;
        }

        @Override
        public String text(String json) {
            return read(json, "$.name");
        }

        @Override
        public String rows() {
            return "select id, name from customer where tenant_id = ?";
        }
    }

    /** Invoices of one customer; the text is the description of the only line. */
    record Invoices(long customerId) implements Resource {

        @Override
        public String path(Random random) {
            return "/invoices";
        }

        @Override
        public String body(Party party, String name) {
            var line = """
                    {"description": "%s", "quantity": 2, "unitPrice": 120.00}""".formatted(party.text(name));
            return """
                    {"customerId": %d, "dueOn": "%s", "lines": [%s]}""".formatted(customerId, party.dueOn(), line);
        }

        @Override
        public int mostPerThread() {
            return 3;
        }

        @Override
        public String text(String json) {
            return read(json, "$.lines[0].description");
        }

        @Override
        public String rows() {
            return "select invoice_id, description from invoice_line where tenant_id = ?";
        }
    }
}
