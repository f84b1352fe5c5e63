package dev.lexigram.tenancy.traffic;

import static com.jayway.jsonpath.JsonPath.read;

import dev.lexigram.tenancy.acceptance.traffic.Domain;
import dev.lexigram.tenancy.acceptance.traffic.Party;
import dev.lexigram.tenancy.acceptance.traffic.Resource;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Customers, which are entities, and their invoices, which are not. */
record InvoicingDomain() implements Domain {

    @Override
    public String baseHost() {
        return "invoicing.localhost";
    }

    @Override
    public Resource named() {
        return new Customers();
    }

    @Override
    public Resource belonging(long namedId) {
        return new Invoices(namedId);
    }

    @Override
    public List<String> lists(long firstId) {
        return List.of("/customers", "/invoices", "/customers/" + firstId);
    }

    @Override
    public Shared shared() {
        return new Shared("/plans", "\"business\"");
    }

    @Override
    public String addFirst() {
        return """
                with c as (insert into customer (name, email, tenant_id) values (:name, :email, :tenant) returning id),
                     i as (insert into invoice (customer_id, due_on, tenant_id)
                           select id, :due, :tenant from c returning id, customer_id)
                insert into invoice_line (invoice_id, description, quantity, unit_price, tenant_id)
                select id, :name, 1, 100, :tenant from i returning (select id from c)""";
    }

    @Override
    public String texts() {
        return """
                select 'customer ' || id as row, tenant_id, name as text from customer
                union all select 'address of customer ' || id, tenant_id, email from customer
                union all select 'invoice ' || id, tenant_id, due_on::text from invoice
                union all select 'line ' || id, tenant_id, description from invoice_line""";
    }

    @Override
    public List<String> everything() {
        return List.of(
                "select name, email, id from customer",
                "select i.due_on, l.description, l.id, statement_timestamp() now from invoice i, invoice_line l limit 300",
                "select string_agg(description, ',') texts, count(*) rows, max(id) highest from invoice_line");
    }

    @Override
    public String changeAll(String mark) {
        return "update customer set email = '" + mark + "' || id returning name, email";
    }

    @Override
    public String deleteAll() {
        return "delete from invoice_line returning description";
    }

    @Override
    public String deleteNamed(long id) {
        return "delete from customer where id = " + id + " returning name";
    }

    @Override
    public List<String> refused(Party mine, Party theirs, long foreignId) {
        return List.of(
                "insert into customer (name, email, tenant_id) values ('%s', '%s', '%s')"
                        .formatted(mine.text("planted"), mine.email("planted"), theirs.tenant()),
                "update customer set tenant_id = '" + theirs.tenant() + "'",
                "insert into invoice (customer_id, due_on) values (%d, '%s')".formatted(foreignId, mine.dueOn()),
                "select set_config('tenancy.tenant_id', '" + theirs.tenant() + "', true), name from customer",
                "select * from tenancy.tenants",
                "select nonsense from customer",
                "truncate customer cascade",
                "selec name from customer");
    }

    /** The text is the name. */
    private record Customers() implements Resource {

        @Override
        public String path(Random random) {
            return "/customers";
        }

        @Override
        public String body(Party party, String name) {
            return """
                    {"name": "%s", "email": "%s"}""".formatted(party.text(name), party.email(name));
        }

        @Override
        public Optional<String> action() {
            return Optional.empty();
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
    private record Invoices(long customerId) implements Resource {

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
        public Optional<String> action() {
            return Optional.of("/payment");
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
