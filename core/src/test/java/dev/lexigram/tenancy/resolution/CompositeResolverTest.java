package dev.lexigram.tenancy.resolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lexigram.tenancy.tenant.TenantUnavailableException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompositeResolverTest {

    private static final TenantResolutionContext CALL =
            TenantResolutionContext.builder().build();
    private static final Resolution ACME = Resolution.resolved("acme");
    private static final Resolution GLOBEX = Resolution.resolved("globex");

    private final ResolverRegistry registry = new ResolverRegistry();

    @Test
    void the_first_answer_counts_and_later_resolvers_are_not_called() {
        var silent = added("silent", 1, Resolution.absent());
        var first = added("first", 2, ACME);
        var later = added("later", 3, GLOBEX);

        assertThat(new CompositeResolver(registry).resolve(CALL))
                .contains(new SourcedResolution("first", Trust.SELECTOR, ACME));
        assertThat(List.of(
                        silent.asked().get(), first.asked().get(), later.asked().get()))
                .containsExactly(1, 1, 0);
    }

    @Test
    void all_answers_are_told_in_the_order_of_the_chain_and_silence_is_not() {
        added("selector", 1, GLOBEX);
        added("silent", 2, Resolution.absent());
        added("broken", 3, Resolution.rejected("broken"));
        registry.register(new FixedAnswer("verified", 9, ACME), Trust.VERIFIED);

        assertThat(new CompositeResolver(registry).resolveAll(CALL))
                .containsExactly(
                        new SourcedResolution("verified", Trust.VERIFIED, ACME),
                        new SourcedResolution("selector", Trust.SELECTOR, GLOBEX),
                        new SourcedResolution("broken", Trust.SELECTOR, Resolution.rejected("broken")));
    }

    @Test
    void nothing_said_is_nothing_resolved() {
        added("silent", 1, Resolution.absent());

        assertThat(new CompositeResolver(registry).resolve(CALL)).isEmpty();
        assertThat(new CompositeResolver(registry).resolveAll(CALL)).isEmpty();
        assertThat(new CompositeResolver(new ResolverRegistry()).resolve(CALL)).isEmpty();
    }

    @Test
    void RS_14_a_rejected_source_never_falls_through_to_a_weaker_one() {
        var config = ResolutionConfig.DEFAULTS.withSubdomainPattern("app.com");
        var resolver = new CompositeResolver(ResolverRegistry.fromConfig(config));
        var call = TenantResolutionContext.builder()
                .principal(TenantPrincipal.of("user", VerifiedClaims.of(Map.of("tenant_id", List.of("acme")))))
                .host("globex.app.com")
                .build();

        assertThat(resolver.resolve(call))
                .contains(new SourcedResolution("jwt_claim", Trust.VERIFIED, Resolution.rejected("claim_type")));

        // Control: a chain that goes on until somebody resolves believes the host.
        assertThat(Stream.of(new JwtClaimTenantResolver(), new SubdomainTenantResolver("app.com"))
                        .map(source -> source.resolve(call))
                        .filter(Resolution.Resolved.class::isInstance)
                        .findFirst())
                .contains(GLOBEX);
    }

    @Test
    void RS_14_a_token_without_the_claim_leaves_the_word_to_the_next_source() {
        var config = ResolutionConfig.DEFAULTS.withSubdomainPattern("app.com");
        var resolver = new CompositeResolver(ResolverRegistry.fromConfig(config));
        var call = TenantResolutionContext.builder()
                .principal(TenantPrincipal.of("user", VerifiedClaims.of(Map.of("sub", "user"))))
                .host("globex.app.com")
                .build();

        assertThat(resolver.resolve(call)).contains(new SourcedResolution("subdomain", Trust.SELECTOR, GLOBEX));
    }

    @Test
    void RS_14_a_resolver_that_fails_ends_the_chain_and_is_named() {
        var failure = new IllegalStateException("down");
        registry.register(new Failing(failure));
        var weaker = added("weaker", 2, GLOBEX);
        var resolver = new CompositeResolver(registry);

        for (var attempt : List.<Runnable>of(() -> resolver.resolve(CALL), () -> resolver.resolveAll(CALL))) {
            assertThatExceptionOfType(TenantUnavailableException.class)
                    .isThrownBy(attempt::run)
                    .withMessageContaining("Resolver 'failing'")
                    .withCause(failure);
        }
        assertThat(weaker.asked()).hasValue(0);

        // Control: whoever swallows the failure believes the weaker source.
        assertThat(swallowing(new Failing(failure)).or(() -> Optional.of(weaker.resolve(CALL))))
                .contains(GLOBEX);
    }

    @Test
    @SuppressWarnings("NullAway") // the mistake itself
    void a_resolver_that_gives_null_has_failed() {
        registry.register(new FixedAnswer("hollow", 1, null));

        assertThatExceptionOfType(TenantUnavailableException.class)
                .isThrownBy(() -> new CompositeResolver(registry).resolve(CALL))
                .withMessageContaining("Resolver 'hollow'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "../b", "acme.globex", "a\u0000b", "acme'; drop schema public", "acme\r\nSet-Cookie: x"})
    void ID_01_no_resolver_gets_a_malformed_reference_past_the_chain(String hostile) {
        added("careless", 1, new Resolution.Resolved(hostile));

        assertThat(new CompositeResolver(registry).resolve(CALL))
                .contains(new SourcedResolution("careless", Trust.SELECTOR, Resolution.rejected("malformed")));
        assertThat(new CompositeResolver(registry).resolveAll(CALL))
                .containsExactly(new SourcedResolution("careless", Trust.SELECTOR, Resolution.rejected("malformed")));
    }

    @Test
    void only_the_subdomain_gives_dotted_references() {
        var config = new SubdomainConfig(Optional.of("app.com"), 3, List.of(), false);
        registry.register(new SubdomainTenantResolver(config, TrustConfig.DEFAULTS));

        assertThat(new CompositeResolver(registry).resolve(Calls.withHost("a.b.app.com")))
                .contains(new SourcedResolution("subdomain", Trust.SELECTOR, new Resolution.Resolved("a.b")));
    }

    @Test
    void what_is_registered_later_is_not_asked() {
        var resolver = new CompositeResolver(registry);
        added("late", 1, ACME);

        assertThat(resolver.resolve(CALL)).isEmpty();
    }

    private FixedAnswer added(String name, int priority, Resolution answer) {
        var resolver = new FixedAnswer(name, priority, answer);
        registry.register(resolver);
        return resolver;
    }

    private static Optional<Resolution> swallowing(TenantResolver resolver) {
        try {
            return Optional.of(resolver.resolve(CALL));
        } catch (IllegalStateException swallowed) {
            return Optional.empty();
        }
    }

    private record Failing(RuntimeException failure) implements TenantResolver {
        @Override
        public String name() {
            return "failing";
        }

        @Override
        public int priority() {
            return 1;
        }

        @Override
        public Resolution resolve(TenantResolutionContext context) {
            throw failure;
        }
    }
}
