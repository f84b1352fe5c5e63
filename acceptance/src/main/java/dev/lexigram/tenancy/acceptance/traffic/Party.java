package dev.lexigram.tenancy.acceptance.traffic;

import dev.lexigram.tenancy.acceptance.Api;
import dev.lexigram.tenancy.acceptance.Tokens;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** One tenant of the traffic: the ways in, and the marks that stand in every row of it and in none of another tenant. */
public final class Party {

    private final String tenant;
    private final String marker = UUID.randomUUID().toString().replace("-", "");
    private final String baseHost;
    private final LocalDate dueOn;
    private final Api user;
    private final List<Api> doors;

    private Party(Api api, String baseHost, String tenant, String user, LocalDate dueOn) {
        this.tenant = tenant;
        this.baseHost = baseHost;
        this.dueOn = dueOn;
        this.user = api.as(Tokens.of(user, tenant));
        var carol = api.as(Tokens.of("carol"));
        this.doors = List.of(this.user, byHeader(carol), byHost(carol), byHost(byHeader(this.user)));
    }

    /** The two tenants of {@link dev.lexigram.tenancy.acceptance.TestEnvironment}. */
    static List<Party> both(Api api, String baseHost) {
        var random = new Random();
        return List.of(
                new Party(api, baseHost, "acme", "alice", LocalDate.of(3000 + random.nextInt(3000), 5, 17)),
                new Party(api, baseHost, "globex", "bob", LocalDate.of(6000 + random.nextInt(3000), 8, 23)));
    }

    public String tenant() {
        return tenant;
    }

    /** A request of somebody who may act for this tenant, in any way of naming it. */
    Api door(Random random) {
        return doors.get(random.nextInt(doors.size()));
    }

    /** A user whose token names this tenant. */
    public Api user() {
        return user;
    }

    /** Names this tenant beside what the request says already. */
    public Api byHeader(Api api) {
        return api.header("X-Tenant-ID", tenant);
    }

    public Api byHost(Api api) {
        return api.header("Host", tenant + "." + baseHost);
    }

    /** At least one of these stands in every row of this tenant. */
    List<String> marks() {
        return List.of(marker, dueOn.toString());
    }

    boolean owns(String text) {
        return marks().stream().anyMatch(text::contains);
    }

    public String text(String what) {
        return marker + " " + what;
    }

    public String email(String local) {
        return marker + "." + local + "@customers.example";
    }

    public LocalDate dueOn() {
        return dueOn;
    }

    @Override
    public String toString() {
        return tenant;
    }
}
