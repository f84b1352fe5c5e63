package dev.lexigram.tenancy.resolution;

import static dev.lexigram.tenancy.resolution.Calls.resolved;
import static dev.lexigram.tenancy.resolution.Calls.withClaim;
import static dev.lexigram.tenancy.resolution.Calls.withClaims;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class JwtClaimTenantResolverTest {

    private final JwtClaimTenantResolver resolver = new JwtClaimTenantResolver();

    @Test
    void it_is_asked_as_jwt_claim_with_priority_10() {
        assertThat(resolver.name()).isEqualTo("jwt_claim");
        assertThat(resolver.priority()).isEqualTo(10);
    }

    static Stream<Object> named() {
        return Stream.of(
                "42", " 42 ", "\t42", 42, 42L, (short) 42, (byte) 42, BigInteger.valueOf(42), new BigDecimal(42));
    }

    @ParameterizedTest
    @MethodSource("named")
    void text_and_integral_numbers_name_a_tenant(Object value) {
        assertThat(resolver.resolve(withClaim(value))).isEqualTo(resolved("42"));
    }

    static Stream<Object> nothing() {
        return Stream.of(
                "", "  ", 0, 0L, BigInteger.ZERO, BigDecimal.ZERO, false, List.of(), Set.of(), Collections.emptyList());
    }

    @ParameterizedTest
    @NullSource
    @MethodSource("nothing")
    void null_blank_zero_false_and_an_empty_list_say_nothing(Object value) {
        assertThat(resolver.resolve(withClaim(value))).isEqualTo(Resolution.absent());
    }

    @Test
    void without_a_caller_or_a_token_or_the_claim_it_says_nothing() {
        var anonymous = TenantResolutionContext.builder().build();
        var bySession = TenantResolutionContext.builder()
                .principal(TenantPrincipal.of("user"))
                .build();

        assertThat(resolver.resolve(anonymous)).isEqualTo(Resolution.absent());
        assertThat(resolver.resolve(bySession)).isEqualTo(Resolution.absent());
        assertThat(resolver.resolve(withClaims(Map.of("sub", "acme")))).isEqualTo(Resolution.absent());
    }

    static Stream<Object> otherTypes() {
        return Stream.of(
                List.of("acme"),
                Arrays.asList("acme", "globex"),
                Collections.singletonList(null),
                Map.of(),
                Map.of("id", "acme"),
                Collections.singletonMap("id", null),
                new StringBuffer("acme"),
                new int[] {42},
                1.5,
                42.0,
                0.0,
                new BigDecimal("1.5"),
                new BigDecimal("42.0"),
                true,
                'a',
                new StringBuilder("acme"),
                new Date(0));
    }

    @ParameterizedTest
    @MethodSource("otherTypes")
    void ID_16_any_other_type_is_rejected_and_never_converted(Object value) {
        assertThat(resolver.resolve(withClaim(value))).isEqualTo(Resolution.rejected("claim_type"));
    }

    @Test
    void ID_16_control_converted_to_text_a_number_and_a_text_of_another_type_would_name_a_tenant() {
        assertThat(Resolution.resolved(String.valueOf(true))).isEqualTo(resolved("true"));
        assertThat(Resolution.resolved(String.valueOf(new StringBuilder("acme"))))
                .isEqualTo(resolved("acme"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "ac me", "acme\n", "acme,globex", "acme@globex.com", "\u0430cme"})
    void a_text_that_is_no_reference_is_rejected(String hostile) {
        assertThat(resolver.resolve(withClaim(hostile))).isEqualTo(Resolution.rejected("malformed"));
    }

    @Test
    void ID_15_blanks_around_a_text_count_before_they_are_cut_off() {
        assertThat(resolver.resolve(withClaim(" ".repeat(1_020) + "acme"))).isEqualTo(resolved("acme"));
        assertThat(resolver.resolve(withClaim(" ".repeat(1_021) + "acme"))).isEqualTo(Resolution.rejected("malformed"));
    }

    @Test
    void a_negative_or_endless_number_is_rejected() {
        assertThat(resolver.resolve(withClaim(-42))).isEqualTo(Resolution.rejected("malformed"));
        assertThat(resolver.resolve(withClaim(BigInteger.TEN.pow(63)))).isEqualTo(Resolution.rejected("malformed"));
        assertThat(resolver.resolve(withClaim(BigInteger.ONE.shiftLeft(8_000_000))))
                .isEqualTo(Resolution.rejected("malformed"));
    }

    @Test
    void a_key_with_a_slash_is_a_json_pointer() {
        var claims =
                Map.of("org", Map.of("a/b", "slash", "m~n", "tilde", "ids", List.of("zero", 1)), "", Map.of("", "e"));

        assertThat(read("/org/a~1b", claims)).isEqualTo(resolved("slash"));
        assertThat(read("/org/m~0n", claims)).isEqualTo(resolved("tilde"));
        assertThat(read("/org/ids/0", claims)).isEqualTo(resolved("zero"));
        assertThat(read("/org/ids/1", claims)).isEqualTo(resolved("1"));
        assertThat(read("//", claims)).isEqualTo(resolved("e"));
    }

    @Test
    void a_pointer_to_nothing_says_nothing() {
        var claims = Map.of("org", Map.of("ids", List.of("zero")), "none", false, "empty", List.of());

        assertThat(read("/org/id", claims)).isEqualTo(Resolution.absent());
        assertThat(read("/org/ids/1", claims)).isEqualTo(Resolution.absent());
        assertThat(read("/other/id", claims)).isEqualTo(Resolution.absent());
        assertThat(read("/none/id", claims)).isEqualTo(Resolution.absent());
        assertThat(read("/empty/id", claims)).isEqualTo(Resolution.absent());
    }

    @Test
    void ID_16_a_pointer_through_a_value_that_holds_nothing_is_rejected() {
        var claims = Map.of("org", "acme", "list", List.of("acme"), "number", 7);

        assertThat(read("/org/id", claims)).isEqualTo(Resolution.rejected("claim_type"));
        assertThat(read("/number/id", claims)).isEqualTo(Resolution.rejected("claim_type"));
        assertThat(read("/list/id", claims)).isEqualTo(Resolution.rejected("claim_type"));
        assertThat(read("/list/-", claims)).isEqualTo(Resolution.rejected("claim_type"));
        assertThat(read("/list/00", claims)).isEqualTo(Resolution.rejected("claim_type"));
        assertThat(read("/list", claims)).isEqualTo(Resolution.rejected("claim_type"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "/a~2b", "/a~", "/~~0"})
    void a_key_that_is_neither_claim_nor_pointer_is_refused(String key) {
        assertThatExceptionOfType(TenancyConfigurationException.class)
                .isThrownBy(() -> new JwtClaimTenantResolver(key))
                .withMessageContaining("resolution.jwt_claim_key");
    }

    @Test
    void RS_20_an_email_address_names_no_tenant() {
        var token = Map.of("email", "mallory@globex.com", "sub", "mallory");

        assertThat(resolver.resolve(withClaims(token))).isEqualTo(Resolution.absent());
        assertThat(read("email", token)).isEqualTo(Resolution.rejected("malformed"));

        // Control: whoever takes the domain for the tenant lets everybody in who registers there.
        assertThat("mallory@globex.com".replaceAll(".*@|\\.com", "")).isEqualTo("globex");
    }

    @Test
    void a_wrong_type_is_warned_of_once_without_the_value() {
        var appender = new ListAppender<ILoggingEvent>();
        var logger = (Logger) LoggerFactory.getLogger(JwtClaimTenantResolver.class);
        appender.start();
        logger.addAppender(appender);
        try {
            for (var call = 0; call < 3; call++) {
                resolver.resolve(withClaim(List.of("secret\r\nforged line")));
            }
        } finally {
            logger.detachAppender(appender);
        }

        assertThat(appender.list).hasSize(1);
        assertThat(appender.list.get(0).getLevel()).isEqualTo(Level.WARN);
        assertThat(appender.list.get(0).getFormattedMessage())
                .contains("Claim 'tenant_id'")
                .doesNotContain("secret", "forged", "\n");
    }

    private static Resolution read(String key, Map<String, ?> claims) {
        return new JwtClaimTenantResolver(key).resolve(withClaims(claims));
    }
}
