package dev.lexigram.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.enforcement.InMemoryMembership;
import dev.lexigram.tenancy.enforcement.MembershipConfig;
import dev.lexigram.tenancy.enforcement.MembershipSource;
import dev.lexigram.tenancy.lifecycle.LifecycleConfig;
import dev.lexigram.tenancy.resolution.Resolution;
import dev.lexigram.tenancy.resolution.ResolutionConfig;
import dev.lexigram.tenancy.resolution.TenantResolutionContext;
import dev.lexigram.tenancy.resolution.TenantResolver;
import dev.lexigram.tenancy.resolution.Trust;
import dev.lexigram.tenancy.stores.InMemoryTenantStore;
import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** CF-3, A-5, A-7, R-15, I-1: what contradicts itself does not start. */
class TenancyBuilderTest {

    static Stream<Arguments> contradictions() {
        return Stream.of(
                Arguments.of(Tenancy.builder().membership(nobody()), "no store is given"),
                Arguments.of(complete().config(TenancyConfig.DEFAULTS.withEnabled(false)), "enabled is false"),
                Arguments.of(
                        complete()
                                .dataSource(dataSource())
                                .strategy(new NoDatabaseStrategy())
                                .config(TenancyConfig.DEFAULTS.withIntegration(
                                        IntegrationConfig.DEFAULTS.withSqlContextBridge(false))),
                        "integration.sql_context_bridge is false"),
                Arguments.of(complete().dataSource(dataSource()), "lifecycle.isolation_strategy is 'row_level'"),
                Arguments.of(
                        complete()
                                .config(TenancyConfig.DEFAULTS.withLifecycle(
                                        LifecycleConfig.DEFAULTS.withIsolationStrategy("schema"))),
                        "lifecycle.isolation_strategy is 'schema', which is not registered (registered: [row_level])"),
                Arguments.of(with(source(MembershipSource.SQL)), "membership.source is sql"),
                Arguments.of(with(source(MembershipSource.CLAIM)), "membership.source is claim and nothing verifies"),
                Arguments.of(with(TenancyConfig.DEFAULTS), "no call could ever act as a tenant"),
                Arguments.of(with(resolution(ResolutionConfig.DEFAULTS.withResolvers())), "no call could ever act"),
                Arguments.of(
                        with(TenancyConfig.DEFAULTS).resolver(named("own"), Trust.SELECTOR),
                        "no call could ever act as a tenant"),
                Arguments.of(
                        complete().config(resolution(ResolutionConfig.DEFAULTS.withResolvers("subdomain"))),
                        "resolution.subdomain_pattern"),
                Arguments.of(
                        complete().config(resolution(ResolutionConfig.DEFAULTS.withResolvers("cookie"))), "'cookie'"),
                Arguments.of(
                        complete()
                                .config(resolution(ResolutionConfig.DEFAULTS.withTrust(
                                        ResolutionConfig.DEFAULTS.trust().withTrustedResolvers("header")))),
                        "resolution.trusted_proxies"),
                Arguments.of(
                        complete().config(resolution(ResolutionConfig.DEFAULTS.withPathPattern("/a/{b}"))),
                        "resolution.path_pattern"),
                Arguments.of(
                        complete().config(resolution(ResolutionConfig.DEFAULTS.withPublicPaths("no slash"))),
                        "public_paths"),
                Arguments.of(complete().resolver(named("header")), "Two resolvers are named 'header'"),
                Arguments.of(complete().resolver(named(" ")), "blank name"));
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void a_contradiction_stops_the_start_and_says_what_to_write(TenancyBuilder builder, String problem) {
        assertThatThrownBy(builder::build)
                .isInstanceOfSatisfying(TenancyConfigurationException.class, refused -> {
                    assertThat(refused.code()).isEqualTo("LEX_ERR_TENANT_022");
                    assertThat(refused.problems()).hasSize(1);
                })
                .hasMessageContaining(problem);
    }

    @Test
    void all_contradictions_are_in_one_message() {
        var config = source(MembershipSource.SQL)
                .withEnabled(false)
                .withLifecycle(LifecycleConfig.DEFAULTS.withIsolationStrategy("schema"))
                .withResolution(ResolutionConfig.DEFAULTS
                        .withResolvers("path", "cookie", "subdomain")
                        .withPublicPaths("no slash"));

        assertThatThrownBy(() -> Tenancy.builder()
                        .config(config)
                        .resolver(named("twice"))
                        .resolver(named("twice"))
                        .build())
                .hasMessageContainingAll(
                        "no store",
                        "enabled",
                        "membership.source",
                        "schema",
                        "cookie",
                        "subdomain_pattern",
                        "public_paths",
                        "'twice'");
    }

    static Stream<TenancyBuilder> sound() {
        return Stream.of(
                complete(),
                with(TenancyConfig.DEFAULTS).claimsVerified(true),
                with(source(MembershipSource.CLAIM)).claimsVerified(true),
                complete().config(source(MembershipSource.SQL)),
                with(TenancyConfig.DEFAULTS).resolver(named("mtls"), Trust.VERIFIED),
                with(resolution(ResolutionConfig.DEFAULTS.withStrictMembership(false))),
                with(resolution(ResolutionConfig.DEFAULTS.withPublicPaths("/shop"))),
                with(resolution(ResolutionConfig.DEFAULTS.withTrust(ResolutionConfig.DEFAULTS
                        .trust()
                        .withTrustedResolvers("header")
                        .withTrustedProxies("10.0.0.0/8")))),
                complete().dataSource(dataSource()).strategy(new NoDatabaseStrategy()));
    }

    @ParameterizedTest
    @MethodSource("sound")
    void control_what_does_not_contradict_itself_starts(TenancyBuilder builder) {
        assertThatCode(() -> builder.build().close()).doesNotThrowAnyException();
    }

    @Test
    void verified_claims_count_only_where_somebody_verifies_them() {
        var config = resolution(ResolutionConfig.DEFAULTS.withResolvers("jwt_claim", "header"));

        assertThatThrownBy(() -> with(config).build()).hasMessageContaining("no call could ever act as a tenant");
        assertThatCode(() -> with(config).claimsVerified(true).build()).doesNotThrowAnyException();
    }

    @Test
    void the_data_source_is_handed_on_and_stays_open() {
        var dataSource = dataSource();
        var tenancy = complete()
                .dataSource(dataSource)
                .strategy(new NoDatabaseStrategy())
                .build();

        assertThat(tenancy.dataSource()).isSameAs(dataSource);
        tenancy.close(); // this DataSource refuses every call, close included
    }

    @Test
    void CX_16_neither_code_nor_configuration_can_name_a_default_tenant() {
        assertThat(Arrays.stream(TenancyBuilder.class.getMethods())
                        .filter(method -> method.getDeclaringClass() == TenancyBuilder.class)
                        .map(Method::getName)
                        .distinct())
                .containsExactlyInAnyOrder(
                        "config",
                        "store",
                        "resolver",
                        "membership",
                        "strategy",
                        "step",
                        "resource",
                        "maintained",
                        "dataSource",
                        "configProvider",
                        "configCatalog",
                        "claimsVerified",
                        "clock",
                        "listener",
                        "application",
                        "bus",
                        "build");
        assertThat(Settings.all())
                .extracting(Setting::path)
                .noneMatch(path -> path.contains("default") || path.contains("fixed") || path.contains("fallback"));
    }

    private static TenancyBuilder complete() {
        return with(TenancyConfig.DEFAULTS).membership(nobody());
    }

    private static TenancyBuilder with(TenancyConfig config) {
        return Tenancy.builder().config(config).store(new InMemoryTenantStore());
    }

    private static InMemoryMembership nobody() {
        return new InMemoryMembership();
    }

    private static TenancyConfig resolution(ResolutionConfig resolution) {
        return TenancyConfig.DEFAULTS.withResolution(resolution);
    }

    private static TenancyConfig source(MembershipSource source) {
        return TenancyConfig.DEFAULTS.withMembership(MembershipConfig.DEFAULTS.withSource(source));
    }

    private static TenantResolver named(String name) {
        return new TenantResolver() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public int priority() {
                return 5;
            }

            @Override
            public Resolution resolve(TenantResolutionContext context) {
                return Resolution.absent();
            }
        };
    }

    private static DataSource dataSource() {
        return (DataSource) Proxy.newProxyInstance(
                TenancyBuilderTest.class.getClassLoader(),
                new Class<?>[] {DataSource.class, AutoCloseable.class},
                (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
    }
}
