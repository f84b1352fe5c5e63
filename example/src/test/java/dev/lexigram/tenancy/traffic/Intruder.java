package dev.lexigram.tenancy.traffic;

import static com.jayway.jsonpath.JsonPath.read;

import dev.lexigram.tenancy.example.Api;
import dev.lexigram.tenancy.example.Tokens;
import dev.lexigram.tenancy.traffic.RawSqlController.How;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Asks for what it must not get: rows of another tenant, rows of none, and everything at once. */
final class Intruder {

    private static final List<String> EVERYTHING = List.of(
            "select name, email, id from customer",
            "select i.due_on, l.description, l.id, statement_timestamp() now from invoice i, invoice_line l limit 300",
            "select string_agg(description, ',') texts, count(*) rows, max(id) highest from invoice_line");

    private final Client client;
    private final Random random;
    private final Api nobody;
    private final Api carol;
    private final Api dave;

    Intruder(Client client, Api api, Random random) {
        this.client = client;
        this.random = random;
        this.nobody = api;
        this.carol = api.as(Tokens.of("carol"));
        this.dave = api.as(Tokens.of("dave"));
    }

    /** A row that is there, but another tenant's, is told like one that is not. */
    void readForeign(Party mine, OwnRows theirs, long id) {
        client.ask(Kind.FOREIGN_READ, mine, "GET", theirs.path(id), "").is(404);
    }

    /** Who has made these rows finds out if one of these had an effect. */
    void changeForeignCustomer(Party mine, OwnRows theirs, long id) {
        switch (random.nextInt(4)) {
            case 0 -> changeForeign(mine, "DELETE", theirs.path(id), "").is(404);
            case 1 ->
                changeForeign(mine, "PUT", theirs.path(id), theirs.body(mine, "stolen"))
                        .is(404);
            case 2 ->
                changeForeign(mine, "POST", "/invoices", new Resource.Invoices(id).body(mine, "stolen"))
                        .is(409);
            default -> {
                var delete = "delete from customer where id = " + id + " returning name";
                var answer = sql(Kind.FOREIGN_CHANGE, mine, How.ALONE, delete);
                answer.is(answer.status() == 200 && answer.body().equals("[]"));
            }
        }
    }

    /** As {@link #changeForeignCustomer}. */
    void changeForeignInvoice(Party mine, OwnRows theirs, long id) {
        if (random.nextBoolean()) {
            changeForeign(mine, "DELETE", theirs.path(id), "").is(404);
        } else {
            changeForeign(mine, "POST", theirs.path(id) + "/payment", "").is(404);
        }
    }

    /** The token says one tenant, something else another one; or one place says it twice. */
    void contradict(Party mine, Party theirs) {
        switch (random.nextInt(4)) {
            case 0 ->
                ask(Kind.CONTRADICTION, theirs.byHeader(mine.user()), "/customers")
                        .is(403);
            case 1 ->
                ask(Kind.CONTRADICTION, theirs.byHost(mine.user()), "/invoices").is(403);
            case 2 ->
                ask(Kind.CONTRADICTION, mine.user(), "/tenants/" + theirs + "/customers")
                        .is(403);
            default ->
                ask(Kind.CONTRADICTION, theirs.byHeader(mine.byHeader(carol)), "/customers")
                        .is(400);
        }
    }

    void nameNoTenant() {
        ask(Kind.NO_TENANT, carol, random.nextBoolean() ? "/customers" : "/invoices")
                .is(403);
    }

    void actForWhoIsNoMember(Party theirs) {
        ask(Kind.STRANGER, random.nextBoolean() ? theirs.byHeader(dave) : theirs.byHost(dave), "/customers")
                .is(403);
    }

    void comeAsNobody(Party theirs) {
        var who = random.nextBoolean() ? nobody : nobody.as("not-a-token");
        ask(Kind.NO_USER, theirs.byHeader(who), "/customers").is(401);
    }

    void readWhatIsShared() {
        var answer = ask(Kind.SHARED, nobody, "/plans");
        answer.is(answer.status() == 200 && answer.body().contains("\"business\""));
    }

    /** Reads, changes or deletes all rows, which are all of the own tenant. */
    void beCareless(Party mine) {
        var answer = switch (random.nextInt(6)) {
            case 0 -> sql(Kind.CARELESS_SQL, mine, anyButRepeated(), changeAll(mine));
            case 1 ->
                sql(
                        Kind.CARELESS_SQL,
                        mine,
                        random.nextBoolean() ? How.ROLLED_BACK : How.UNFINISHED,
                        "delete from invoice_line returning description");
            default -> sql(Kind.CARELESS_SQL, mine, any(List.of(How.values())), any(EVERYTHING));
        };
        if (answer.status() != 200) {
            answer.is(false);
            return;
        }
        List<String> rows = read(answer.body(), "$");
        answer.is(!rows.isEmpty() && rows.stream().allMatch(mine::owns));
    }

    void beRefused(Party mine, Party theirs, long foreignCustomer) {
        var statements = List.of(
                "insert into customer (name, email, tenant_id) values ('%s', '%s', '%s')"
                        .formatted(mine.text("planted"), mine.email("planted"), theirs),
                "update customer set tenant_id = '" + theirs + "'",
                "insert into invoice (customer_id, due_on) values (%d, '%s')".formatted(foreignCustomer, mine.dueOn()),
                "select set_config('tenancy.tenant_id', '" + theirs + "', true), name from customer",
                "select * from tenancy.tenants",
                "select nonsense from customer",
                "truncate customer cascade",
                "selec name from customer");
        var how = random.nextBoolean() ? How.ALONE : How.IN_A_TRANSACTION;
        var answer = sql(Kind.REFUSED_SQL, mine, how, any(statements));
        answer.is(answer.status() >= 400);
    }

    void beCarelessWithNoTenant(Party theirs) {
        var statement = switch (random.nextInt(4)) {
            case 0 -> changeAll(theirs);
            case 1 -> "delete from invoice_line";
            default -> any(EVERYTHING);
        };
        var how = statement.startsWith("select") ? any(List.of(How.values())) : anyButRepeated();
        client.ask(Kind.UNBOUND_SQL, carol, "POST", "/sql?how=" + how, statement)
                .is(403);
    }

    private Client.Answer ask(Kind kind, Api who, String path) {
        return client.ask(kind, who, "GET", path, "");
    }

    private Client.Answer changeForeign(Party who, String method, String path, String body) {
        return client.ask(Kind.FOREIGN_CHANGE, who, method, path, body);
    }

    private Client.Answer sql(Kind kind, Party who, How how, String statement) {
        return client.ask(kind, who, "POST", "/sql?how=" + how, statement);
    }

    private How anyButRepeated() {
        return any(Stream.of(How.values()).filter(how -> how != How.REPEATED).toList());
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static String changeAll(Party mine) {
        return "update customer set email = '" + mine.email("changed") + "' || id returning name, email";
    }
}
