package com.example.helpdesk;

import static com.jayway.jsonpath.JsonPath.read;

import dev.lexigram.tenancy.acceptance.traffic.Domain;
import dev.lexigram.tenancy.acceptance.traffic.Party;
import dev.lexigram.tenancy.acceptance.traffic.Resource;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Contacts and their tickets; categories are cached. */
record HelpdeskDomain() implements Domain {

    @Override
    public String baseHost() {
        return "helpdesk.localhost";
    }

    @Override
    public Resource named() {
        return new Contacts();
    }

    @Override
    public Resource belonging(long namedId) {
        return new Tickets(namedId);
    }

    @Override
    public List<String> lists(long firstId) {
        return List.of("/contacts", "/tickets", "/tickets/counts", "/categories", "/contacts/" + firstId);
    }

    @Override
    public Shared shared() {
        return new Shared("/priorities", "\"urgent\"");
    }

    @Override
    public String addFirst() {
        return """
                with k as (insert into category (name, tenant_id) values (:name, :tenant)),
                     c as (insert into contact (id, name, email, tenant_id)
                           values (nextval('contact_seq'), :name, :email, :tenant) returning id),
                     t as (insert into ticket (contact_id, subject, due_on, tenant_id)
                           select id, :name, :due, :tenant from c returning id, contact_id)
                insert into ticket_comment (ticket_id, place, text, tenant_id)
                select id, 0, :name, :tenant from t returning (select id from c)""";
    }

    @Override
    public String texts() {
        return """
                select 'contact ' || id as row, tenant_id, name as text from contact
                union all select 'address of contact ' || id, tenant_id, email from contact
                union all select 'category ' || id, tenant_id, name from category
                union all select 'ticket ' || id, tenant_id, subject from ticket
                union all select 'comment of ticket ' || ticket_id, tenant_id, text from ticket_comment""";
    }

    @Override
    public List<String> everything() {
        return List.of(
                "select name, email, id from contact",
                "select t.due_on, m.text, t.id, statement_timestamp() now from ticket t, ticket_comment m limit 300",
                "select string_agg(text, ',') texts, count(*) rows, max(ticket_id) highest from ticket_comment");
    }

    @Override
    public String changeAll(String mark) {
        return "update contact set email = '" + mark + "' || id returning name, email";
    }

    @Override
    public String deleteAll() {
        return "delete from ticket_comment returning text";
    }

    @Override
    public String deleteNamed(long id) {
        return "delete from contact where id = " + id + " returning name";
    }

    @Override
    public List<String> refused(Party mine, Party theirs, long foreignId) {
        return List.of(
                "insert into category (name, tenant_id) values ('%s', '%s')"
                        .formatted(mine.text("planted"), theirs.tenant()),
                "update contact set tenant_id = '" + theirs.tenant() + "'",
                "insert into ticket (contact_id, subject, due_on) values (%d, '%s', '%s')"
                        .formatted(foreignId, mine.text("planted"), mine.dueOn()),
                "select set_config('tenancy.tenant_id', '" + theirs.tenant() + "', true), name from contact",
                "select * from tenancy.tenants",
                "select nonsense from contact",
                "truncate contact cascade",
                "selec name from contact");
    }

    /** Contacts are entities with a sequence. */
    private record Contacts() implements Resource {

        @Override
        public String path(Random random) {
            return "/contacts";
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
            return "select id, name from contact where tenant_id = ?";
        }
    }

    /** Tickets of one contact; the text is the subject. */
    private record Tickets(long contactId) implements Resource {

        @Override
        public String path(Random random) {
            return "/tickets";
        }

        @Override
        public String body(Party party, String name) {
            return """
                    {"contactId": %d, "dueOn": "%s", "subject": "%s", "comment": "%s"}""".formatted(contactId, party.dueOn(), party.text(name), party.text("comment"));
        }

        @Override
        public Optional<String> action() {
            return Optional.of("/closing");
        }

        @Override
        public int mostPerThread() {
            return 3;
        }

        @Override
        public String text(String json) {
            return read(json, "$.subject");
        }

        @Override
        public String rows() {
            return "select id, subject from ticket where tenant_id = ?";
        }
    }
}
