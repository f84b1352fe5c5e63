package dev.lexigram.tenancy.traffic;

import dev.lexigram.tenancy.example.Api;
import dev.lexigram.tenancy.example.Tokens;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** One tenant of the traffic: the ways in, and the marks that stand in every row of it and in none of another tenant. */
final class Party {

    private final String tenant;
    private final String marker = UUID.randomUUID().toString().replace("-", "");
    private final LocalDate dueOn;
    private final Api user;
    private final List<Api> doors;

    private Party(Api api, String tenant, String user, LocalDate dueOn) {
        this.tenant = tenant;
        this.dueOn = dueOn;
        this.user = api.as(Tokens.of(user, tenant));
        var carol = api.as(Tokens.of("carol"));
        this.doors = List.of(this.user, byHeader(carol), byHost(carol), byHost(byHeader(this.user)));
    }

    /** The two tenants of {@link dev.lexigram.tenancy.example.TestEnvironment}. */
    static List<Party> both(Api api) {
        var random = new Random();
        return List.of(
                new Party(api, "acme", "alice", LocalDate.of(3000 + random.nextInt(3000), 5, 17)),
                new Party(api, "globex", "bob", LocalDate.of(6000 + random.nextInt(3000), 8, 23)));
    }

    String tenant() {
        return tenant;
    }

    /** A request of somebody who may act for this tenant, in any way of naming it. */
    Api door(Random random) {
        return doors.get(random.nextInt(doors.size()));
    }

    /** A user whose token names this tenant. */
    Api user() {
        return user;
    }

    /** Names this tenant beside what the request says already. */
    Api byHeader(Api api) {
        return api.header("X-Tenant-ID", tenant);
    }

    Api byHost(Api api) {
        return api.header("Host", tenant + ".invoicing.localhost");
    }

    /** At least one of these stands in every row of this tenant. */
    List<String> marks() {
        return List.of(marker, dueOn.toString());
    }

    boolean owns(String text) {
        return marks().stream().anyMatch(text::contains);
    }

    String text(String what) {
        return marker + " " + what;
    }

    String email(String local) {
        return marker + "." + local + "@customers.example";
    }

    LocalDate dueOn() {
        return dueOn;
    }

    @Override
    public String toString() {
        return tenant;
    }
}
