package dev.lexigram.tenancy.example.demo;

import static com.jayway.jsonpath.JsonPath.read;

import dev.lexigram.tenancy.acceptance.Api;
import dev.lexigram.tenancy.acceptance.Tokens;
import dev.lexigram.tenancy.isolation.DeprovisionPolicy;
import dev.lexigram.tenancy.lifecycle.CreateTenantCommand;
import dev.lexigram.tenancy.lifecycle.TenantLifecycleService;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** The steps of the tour. Each says what it is about, tries it over HTTP or in SQL, and checks what comes back. */
final class Tour {

    private static final String CUSTOMERS = "/customers";

    private static final Map<String, String> TOKENS = Map.of(
            "alice", Tokens.of("alice", "acme"),
            "bob", Tokens.of("bob", "globex"),
            "carol", Tokens.of("carol"),
            "dave", Tokens.of("dave"),
            "erin", Tokens.of("erin", "hooli"),
            "frank", Tokens.of("frank", "umbrella"));

    private final Narrator narrator;
    private final Api api;
    private final RawSql sql;
    private final TenantLifecycleService tenants;
    private final Tenant acme;

    Tour(Narrator narrator, Api api, RawSql sql, TenantLifecycleService tenants, Tenant acme) {
        this.narrator = narrator;
        this.api = api;
        this.sql = sql;
        this.tenants = tenants;
        this.acme = acme;
    }

    static String token(String user) {
        return TOKENS.get(user);
    }

    void run() {
        openRoute();
        byToken();
        byHeader();
        bySubdomain();
        byPath();
        notAMember();
        contradiction();
        var secret = globexCustomer();
        anotherTenantsRow(secret);
        rawSql(secret);
        globexIsIntact(secret);
        suspended();
        oneOfEachKind();
    }

    private void openRoute() {
        narrator.step("A route without a tenant");
        expect("nobody", "GET /plans", api.get("/plans"), has(200, "Team"));
        expect(
                "dave: token without tenant",
                "GET /customers",
                as("dave").get(CUSTOMERS),
                has(403, "LEX_ERR_TENANT_010"));
        narrator.why(
                "The price list is public; its code says @WithoutTenant(\"why\"). Every other route needs a tenant.");
    }

    private void byToken() {
        narrator.step("Resolve by token");
        expect(
                "alice, acme",
                "POST /customers  Lovelace",
                as("alice").post(CUSTOMERS, customer("Lovelace")),
                has(201, "Lovelace"));
        expect(
                "bob, globex",
                "POST /customers  Initech",
                as("bob").post(CUSTOMERS, customer("Initech")),
                has(201, "Initech"));
        expect("alice, acme", "GET /customers", as("alice").get(CUSTOMERS), shows("Lovelace", "Initech"));
        expect("bob, globex", "GET /customers", as("bob").get(CUSTOMERS), shows("Initech", "Lovelace"));
        narrator.why(
                "The signed token is authority: alice's says acme, bob's says globex. Same route, same SQL, other rows.");
    }

    private void byHeader() {
        narrator.step("Resolve by header");
        expect(
                "carol",
                "GET /customers  X-Tenant-ID: acme",
                as("carol").header("X-Tenant-ID", "acme").get(CUSTOMERS),
                shows("Lovelace", "Initech"));
        expect(
                "carol",
                "GET /customers  X-Tenant-ID: globex",
                as("carol").header("X-Tenant-ID", "globex").get(CUSTOMERS),
                shows("Initech", "Lovelace"));
        narrator.why(
                "Carol's token names no tenant; she is a member of both. A header only chooses among memberships.");
    }

    private void bySubdomain() {
        narrator.step("Resolve by subdomain");
        expect(
                "carol",
                "GET /customers  Host: globex.invoicing.localhost",
                as("carol").header("Host", "globex.invoicing.localhost").get(CUSTOMERS),
                shows("Initech", "Lovelace"));
        narrator.why("The label below the configured base domain names the tenant.");
    }

    private void byPath() {
        narrator.step("Resolve by path");
        expect(
                "carol",
                "GET /tenants/acme/customers",
                as("carol").get("/tenants/acme" + CUSTOMERS),
                shows("Lovelace", "Initech"));
        narrator.why("The same controllers, mapped below /tenants/{tenant} as well.");
    }

    private void notAMember() {
        narrator.step("Not a member");
        var refused = as("dave").header("X-Tenant-ID", "acme").get(CUSTOMERS);
        expect("dave", "GET /customers  X-Tenant-ID: acme", refused, has(403, "LEX_ERR_TENANT_012"));
        expect(
                "dave",
                "GET /customers  X-Tenant-ID: no-such",
                as("dave").header("X-Tenant-ID", "no-such").get(CUSTOMERS),
                has(403, "LEX_ERR_TENANT_012"));
        narrator.why(
                "Dave is a member of neither. An unknown tenant gets the very same answer, so it tells him nothing.");
    }

    private void contradiction() {
        narrator.step("A header that contradicts the token");
        expect(
                "alice, acme",
                "GET /customers  X-Tenant-ID: globex",
                as("alice").header("X-Tenant-ID", "globex").get(CUSTOMERS),
                has(403, "LEX_ERR_TENANT_012"));
        narrator.why("Alice's token says acme. Two sources that disagree are refused; neither wins silently.");
    }

    private int globexCustomer() {
        return read(as("bob").get(CUSTOMERS + "?name=Initech").body(), "$[0].id");
    }

    private void anotherTenantsRow(int secret) {
        var path = CUSTOMERS + "/" + secret;
        narrator.step("Another tenant's row");
        expect("alice, acme", "GET " + path, as("alice").get(path), status(404));
        expect("alice, acme", "PUT " + path, as("alice").put(path, customer("Stolen")), status(404));
        expect("alice, acme", "DELETE " + path, as("alice").delete(path), status(404));
        expect(
                "alice, acme",
                "POST /invoices  {\"customerId\": %d, ...}".formatted(secret),
                as("alice").post("/invoices", invoiceTo(secret)),
                status(409));
        narrator.why("Customer %d is globex's. To alice it does not exist, whatever she tries.".formatted(secret));
    }

    private void rawSql(int secret) {
        narrator.step("Raw SQL without a WHERE");
        asAcme("select name from customer", "[Lovelace]"::equals);
        asAcme("update customer set email = 'all@acme.example'", "1 row changed"::equals);
        asAcme("delete from customer where id = " + secret, "0 rows changed"::equals);
        asAcme("insert into customer values (default, 'x', 'x', 'globex')", refusedWith("42501"));
        asAcme("insert into invoice (customer_id, due_on) values (%d, now())".formatted(secret), refusedWith("23503"));
        var unbound = "select name from customer";
        var got = sql.runWithoutTenant(unbound);
        narrator.result("no tenant", unbound, got, refusedWith("42501").test(got));
        narrator.why("This is the service's own DataSource, bound to acme. PostgreSQL's row policies confine every"
                + " statement, and the foreign keys carry the tenant, too.");
    }

    private void globexIsIntact(int secret) {
        narrator.step("And globex");
        expect(
                "bob, globex",
                "GET /customers/" + secret,
                as("bob").get(CUSTOMERS + "/" + secret),
                has(200, "initech@customers.example"));
        narrator.why("After all that, globex finds its row as it was.");
    }

    private void suspended() {
        narrator.step("A suspended tenant");
        tenants.suspendTenant(acme.id(), "unpaid");
        expect("alice, acme suspended", "GET /customers", as("alice").get(CUSTOMERS), has(403, "LEX_ERR_TENANT_008"));
        expect("bob, globex", "GET /customers", as("bob").get(CUSTOMERS), shows("Initech", "Lovelace"));
        tenants.activateTenant(acme.id());
        expect("alice, acme active again", "GET /customers", as("alice").get(CUSTOMERS), shows("Lovelace", "Initech"));
        narrator.why("Suspension is a status, kept with its event; the service stops at once.");
    }

    private void oneOfEachKind() {
        narrator.step("A schema of one's own, a database of one's own");
        var hooli = create("hooli", "schema");
        var umbrella = create("umbrella", "database");
        expect(
                "erin, hooli",
                "POST /customers  Gizmo",
                as("erin").post(CUSTOMERS, customer("Gizmo")),
                has(201, "Gizmo"));
        expect(
                "frank, umbrella",
                "POST /customers  Vector",
                as("frank").post(CUSTOMERS, customer("Vector")),
                has(201, "Vector"));
        expect("erin, hooli", "GET /customers", as("erin").get(CUSTOMERS), shows("Gizmo", "Vector"));
        expect("frank, umbrella", "GET /customers", as("frank").get(CUSTOMERS), shows("Vector", "Gizmo"));
        expect("alice, acme", "GET /customers", as("alice").get(CUSTOMERS), shows("Lovelace", "Gizmo"));
        as(hooli, "select current_schema()", "[tenant_hooli]"::equals);
        as(umbrella, "select current_database()", "[tenant_umbrella]"::equals);
        as(acme, "select name from tenant_hooli.customer", "[]"::equals);
        as(umbrella, "select name from tenant_hooli.customer", refusedWith("42P01"));
        narrator.why(
                "The same service, DataSource and SQL: hooli has a schema, umbrella a database with a login, and acme"
                        + " shares tables with globex.");
        tenants.deleteTenant(umbrella.id(), DeprovisionPolicy.DROP);
        tenants.purgeBeforeGrace(umbrella.id(), "the tour is over");
        expect("frank, umbrella removed", "GET /customers", as("frank").get(CUSTOMERS), has(403, "LEX_ERR_TENANT_012"));
        narrator.why("A removed tenant leaves no database and no login behind, and is nobody any more.");
    }

    private Tenant create(String name, String strategy) {
        return tenants.createTenant(
                new CreateTenantCommand(name, name).withId(TenantId.of(name)).withStrategy(strategy));
    }

    private Api as(String user) {
        return api.as(token(user));
    }

    private void expect(
            String who, String tried, HttpResponse<String> answer, Predicate<HttpResponse<String>> expected) {
        narrator.result(who, tried, summary(answer), expected.test(answer));
    }

    private void asAcme(String statement, Predicate<String> expected) {
        as(acme, statement, expected);
    }

    private void as(Tenant tenant, String statement, Predicate<String> expected) {
        var got = sql.runAs(tenant, statement);
        narrator.result(tenant.id().value(), statement, got, expected.test(got));
    }

    private static String summary(HttpResponse<String> answer) {
        var body = answer.body();
        if (body.startsWith("[")) {
            return answer.statusCode() + " " + read(body, "$[*].name");
        }
        var problem = answer.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json");
        return answer.statusCode() + " " + (problem ? problem(read(body, "$")) : body);
    }

    private static String problem(Map<String, Object> problem) {
        return problem.getOrDefault("code", "") + " " + problem.get("detail");
    }

    private static Predicate<HttpResponse<String>> status(int status) {
        return answer -> answer.statusCode() == status;
    }

    private static Predicate<HttpResponse<String>> has(int status, String text) {
        return status(status).and(answer -> answer.body().contains(text));
    }

    private static Predicate<HttpResponse<String>> shows(String own, String foreign) {
        return has(200, own).and(answer -> !answer.body().contains(foreign));
    }

    private static Predicate<String> refusedWith(String sqlState) {
        return got -> got.startsWith("ERROR " + sqlState);
    }

    private static String customer(String name) {
        var mailbox = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        return """
                {"name": "%s", "email": "%s@customers.example"}""".formatted(name, mailbox);
    }

    private static String invoiceTo(int customer) {
        return """
                {"customerId": %d, "dueOn": "2027-01-31",
                 "lines": [{"description": "Bait", "quantity": 1, "unitPrice": 1}]}""".formatted(customer);
    }
}
