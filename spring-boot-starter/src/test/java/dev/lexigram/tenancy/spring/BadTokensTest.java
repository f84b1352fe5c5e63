package dev.lexigram.tenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.PlainJWT;
import dev.lexigram.tenancy.spring.app.NotesApplication;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** RS-18: tokens that nobody must believe. The claim is read from a token only after Spring Security has verified it. */
@TenancyTest
class BadTokensTest {

    private static final JWTClaimsSet ACME =
            Tokens.claims("ann").claim("tenant_id", "acme").build();

    private static Service service;

    @BeforeAll
    static void start(TestDatabase database) {
        Notes.createTable(database);
        service = Service.start(NotesApplication.class, Service.on(database));
        Notes.createTenants(service);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void RS_18_no_bad_token_binds_a_tenant_and_the_good_one_does() throws Exception {
        assertThat(service.get("/open", Tokens.signed(ACME)).body()).isEqualTo("acme");
        var bad = corpus();
        assertThat(bad).hasSizeGreaterThanOrEqualTo(20);

        bad.forEach((name, token) -> {
            var open = service.get("/open", token);
            var guarded = service.get("/notes", token);
            assertThat(open.statusCode()).as(name).isEqualTo(401);
            assertThat(open.body()).as(name).doesNotContain("acme");
            assertThat(guarded.statusCode()).as(name).isEqualTo(401);
        });
    }

    @Test
    void RS_18_who_reads_claims_before_verifying_believes_most_of_them() throws Exception {
        var believed =
                corpus().values().stream().filter(BadTokensTest::saysAcme).count();

        assertThat(believed).isGreaterThan(15);
    }

    @Test
    void a_token_in_another_place_than_the_header_is_no_token() {
        assertThat(service.get("/open?access_token=" + Tokens.signed(ACME), "").body())
                .isEqualTo("none");
    }

    private static boolean saysAcme(String token) {
        try {
            return "acme".equals(JWTParser.parse(token).getJWTClaimsSet().getClaim("tenant_id"));
        } catch (ParseException | RuntimeException unreadable) {
            return false;
        }
    }

    private static Map<String, String> corpus() throws JOSEException {
        var good = Tokens.signed(ACME);
        var parts = good.split("\\.");
        var corpus = new LinkedHashMap<String, String>();
        corpus.put("none", new PlainJWT(ACME).serialize());
        corpus.put("none with a signature", header("{\"alg\":\"none\"}") + "." + parts[1] + "." + parts[2]);
        corpus.put("None", header("{\"alg\":\"None\"}") + "." + parts[1] + ".");
        corpus.put("no signature", parts[0] + "." + parts[1] + ".");
        corpus.put("two parts", parts[0] + "." + parts[1]);
        corpus.put("no algorithm", header("{\"typ\":\"JWT\"}") + "." + parts[1] + "." + parts[2]);
        corpus.put("unknown algorithm", header("{\"alg\":\"XX256\"}") + "." + parts[1] + "." + parts[2]);
        corpus.put("HS256 with the public key", hs256(Tokens.keys().getPublic().getEncoded()));
        corpus.put("HS256 with the public key as PEM", hs256(pem().getBytes(StandardCharsets.US_ASCII)));
        corpus.put("HS256 with zeros", hs256(new byte[32]));
        corpus.put("RS512 instead of RS256", rsa(new JWSHeader(JWSAlgorithm.RS512)));
        corpus.put("PS256 instead of RS256", rsa(new JWSHeader(JWSAlgorithm.PS256)));
        corpus.put("algorithm swapped", header("{\"alg\":\"RS384\"}") + "." + parts[1] + "." + parts[2]);
        corpus.put("ES256", ecdsa());
        corpus.put("another key", withAnotherKey(new JWSHeader.Builder(JWSAlgorithm.RS256)));
        corpus.put(
                "key of the header",
                withAnotherKey(new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .jwk(new RSAKey.Builder((RSAPublicKey) Tokens.newKeys().getPublic()).build())));
        corpus.put("kid path", withAnotherKey(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("../../dev/null")));
        corpus.put("kid injection", withAnotherKey(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("' or '1'='1")));
        corpus.put(
                "keys elsewhere",
                withAnotherKey(new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .jwkURL(URI.create("http://localhost:" + service.port() + "/open"))));
        corpus.put(
                "critical extension",
                rsa(new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .criticalParams(Set.of("exp2"))
                        .customParam("exp2", 1)
                        .build()));
        corpus.put(
                "wrong type",
                rsa(new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(new JOSEObjectType("xyz"))
                        .build()));
        corpus.put("tenant tampered", parts[0] + "." + payload("globex", "acme") + "." + parts[2]);
        corpus.put("signature cut", good.substring(0, good.length() - 10));
        corpus.put("signature of another token", parts[0] + "." + parts[1] + "." + other().split("\\.")[2]);
        corpus.put(
                "expired",
                Tokens.signed(claims().expirationTime(Tokens.in(-600)).build()));
        corpus.put(
                "not yet valid",
                Tokens.signed(claims().notBeforeTime(Tokens.in(600)).build()));
        corpus.put("wrong audience", Tokens.signed(claims().audience("others").build()));
        corpus.put("no audience", Tokens.signed(claims().audience((String) null).build()));
        corpus.put("no JSON", header("{\"alg\":\"RS256\"}") + "." + header("tenant_id=acme") + "." + parts[2]);
        return corpus;
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder(ACME);
    }

    private static String payload(String signed, String claimed) {
        return header(Tokens.claims("ann")
                .claim("tenant_id", signed)
                .build()
                .toString()
                .replace(signed, claimed));
    }

    private static String other() {
        return Tokens.of("ann", "globex");
    }

    private static String header(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String pem() {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(Tokens.keys().getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    private static String hs256(byte[] secret) throws JOSEException {
        return Tokens.signed(new JWSHeader(JWSAlgorithm.HS256), ACME, new MACSigner(secret));
    }

    private static String rsa(JWSHeader header) {
        return Tokens.signed(header, ACME, new RSASSASigner(Tokens.keys().getPrivate()));
    }

    private static String withAnotherKey(JWSHeader.Builder header) {
        return Tokens.signed(
                header.build(), ACME, new RSASSASigner(Tokens.newKeys().getPrivate()));
    }

    private static String ecdsa() throws JOSEException {
        var key = new ECKeyGenerator(Curve.P_256).generate();
        return Tokens.signed(new JWSHeader(JWSAlgorithm.ES256), ACME, new ECDSASigner(key));
    }
}
