package dev.lexigram.tenancy.acceptance.traffic;

import static com.jayway.jsonpath.JsonPath.read;

import dev.lexigram.tenancy.acceptance.Api;
import dev.lexigram.tenancy.acceptance.Tokens;
import dev.lexigram.tenancy.acceptance.traffic.RawSqlController.How;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Asks for what it must not get: rows of another tenant, rows of none, and everything at once. */
final class Intruder {

    private final Client client;
    private final Domain domain;
    private final Random random;
    private final Api nobody;
    private final Api carol;
    private final Api dave;

    Intruder(Client client, Domain domain, Api api, Random random) {
        this.client = client;
        this.domain = domain;
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
    void changeForeignNamed(Party mine, OwnRows theirs, long id) {
        switch (random.nextInt(4)) {
            case 0 -> changeForeign(mine, "DELETE", theirs.path(id), "").is(404);
            case 1 ->
                changeForeign(mine, "PUT", theirs.path(id), theirs.body(mine, "stolen"))
                        .is(404);
            case 2 ->
                changeForeign(mine, "POST", belonging(), domain.belonging(id).body(mine, "stolen"))
                        .is(409);
            default -> {
                var answer = sql(Kind.FOREIGN_CHANGE, mine, How.ALONE, domain.deleteNamed(id));
                answer.is(answer.status() == 200 && answer.body().equals("[]"));
            }
        }
    }

    /** As {@link #changeForeignNamed}. */
    void changeForeignBelonging(Party mine, OwnRows theirs, long id) {
        if (random.nextBoolean()) {
            changeForeign(mine, "DELETE", theirs.path(id), "").is(404);
        } else {
            changeForeign(
                            mine,
                            "POST",
                            theirs.path(id) + domain.belonging(0).action().orElseThrow(),
                            "")
                    .is(404);
        }
    }

    /** The token says one tenant, something else another one; or one place says it twice. */
    void contradict(Party mine, Party theirs) {
        switch (random.nextInt(4)) {
            case 0 ->
                ask(Kind.CONTRADICTION, theirs.byHeader(mine.user()), named()).is(403);
            case 1 ->
                ask(Kind.CONTRADICTION, theirs.byHost(mine.user()), belonging()).is(403);
            case 2 ->
                ask(Kind.CONTRADICTION, mine.user(), "/tenants/" + theirs + named())
                        .is(403);
            default ->
                ask(Kind.CONTRADICTION, theirs.byHeader(mine.byHeader(carol)), named())
                        .is(400);
        }
    }

    void nameNoTenant() {
        ask(Kind.NO_TENANT, carol, random.nextBoolean() ? named() : belonging()).is(403);
    }

    void actForWhoIsNoMember(Party theirs) {
        ask(Kind.STRANGER, random.nextBoolean() ? theirs.byHeader(dave) : theirs.byHost(dave), named())
                .is(403);
    }

    void comeAsNobody(Party theirs) {
        var who = random.nextBoolean() ? nobody : nobody.as("not-a-token");
        ask(Kind.NO_USER, theirs.byHeader(who), named()).is(401);
    }

    void readWhatIsShared() {
        var shared = domain.shared();
        var answer = ask(Kind.SHARED, nobody, shared.path());
        answer.is(answer.status() == 200 && answer.body().contains(shared.text()));
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
                        domain.deleteAll());
            default -> sql(Kind.CARELESS_SQL, mine, any(List.of(How.values())), any(domain.everything()));
        };
        if (answer.status() != 200) {
            answer.is(false);
            return;
        }
        List<String> rows = read(answer.body(), "$");
        answer.is(!rows.isEmpty() && rows.stream().allMatch(mine::owns));
    }

    void beRefused(Party mine, Party theirs, long foreignNamed) {
        var statements = domain.refused(mine, theirs, foreignNamed);
        var how = random.nextBoolean() ? How.ALONE : How.IN_A_TRANSACTION;
        var answer = sql(Kind.REFUSED_SQL, mine, how, any(statements));
        answer.is(answer.status() >= 400);
    }

    void beCarelessWithNoTenant(Party theirs) {
        var statement = switch (random.nextInt(4)) {
            case 0 -> changeAll(theirs);
            case 1 -> domain.deleteAll();
            default -> any(domain.everything());
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

    private String changeAll(Party mine) {
        return domain.changeAll(mine.email("changed"));
    }

    private String named() {
        return domain.named().path(random);
    }

    private String belonging() {
        return domain.belonging(0).path(random);
    }
}
