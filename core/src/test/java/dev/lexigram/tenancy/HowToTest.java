package dev.lexigram.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.enforcement.Admission;
import dev.lexigram.tenancy.enforcement.InMemoryMembership;
import dev.lexigram.tenancy.enforcement.TenantMembership;
import dev.lexigram.tenancy.isolation.IsolationStrategy;
import dev.lexigram.tenancy.isolation.TenantProvisioner;
import dev.lexigram.tenancy.lifecycle.CreateTenantCommand;
import dev.lexigram.tenancy.lifecycle.LifecycleConfig;
import dev.lexigram.tenancy.resolution.Resolution;
import dev.lexigram.tenancy.resolution.ResolutionConfig;
import dev.lexigram.tenancy.resolution.TenantPrincipal;
import dev.lexigram.tenancy.resolution.TenantResolutionContext;
import dev.lexigram.tenancy.resolution.TenantResolutionContextBuilder;
import dev.lexigram.tenancy.resolution.TenantResolver;
import dev.lexigram.tenancy.stores.InMemoryTenantStore;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantProvisioningException;
import dev.lexigram.tenancy.tenant.TenantSlugConflictException;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** How-tos 1, 2, 5, 8 and 10, without a web server: a call is what an edge would make of a request. */
class HowToTest {

    private final TenantStore store = storeOf("acme", "globex");
    private final TenantMembership members = memberOf("acme");

    @Test
    void how_to_1_a_member_names_its_tenant_by_a_header() {
        TenancyConfig config = TenancyConfig.DEFAULTS.withResolution(
                ResolutionConfig.DEFAULTS.withResolvers("header").withHeaderName("x-tenant-id"));
        Tenancy tenancy = Tenancy.builder()
                .config(config)
                .store(store)
                .membership(members)
                .build();

        assertThat(admitted(tenancy, call -> call.header("X-Tenant-ID", "acme")))
                .isEqualTo("acme by header");
        assertThat(admitted(tenancy, call -> call.header("X-Tenant-ID", "globex")))
                .isEqualTo("not_a_member");
        assertThat(admitted(tenancy, call -> call)).isEqualTo("no_source");
    }

    @Test
    void how_to_1_without_a_membership_it_does_not_start() {
        var config = TenancyConfig.DEFAULTS.withResolution(ResolutionConfig.DEFAULTS.withResolvers("header"));

        assertThatThrownBy(() -> Tenancy.builder().config(config).store(store).build())
                .isInstanceOf(TenancyConfigurationException.class)
                .hasMessageContaining("membership.source");
    }

    @Test
    void how_to_1_control_without_strict_membership_a_stranger_gets_in() {
        var config = TenancyConfig.DEFAULTS.withResolution(
                ResolutionConfig.DEFAULTS.withResolvers("header").withStrictMembership(false));
        var tenancy = Tenancy.builder().config(config).store(store).build();

        assertThat(admitted(tenancy, call -> call.header("X-Tenant-ID", "globex")))
                .isEqualTo("globex by header");
    }

    @Test
    void how_to_2_an_own_resolver_stands_between_the_header_and_the_subdomain() {
        class QueryParamResolver implements TenantResolver {
            @Override
            public String name() {
                return "query_param";
            }

            @Override
            public int priority() {
                return 25;
            }

            @Override
            public Resolution resolve(TenantResolutionContext context) {
                return context.queryParam("tenant_id").map(Resolution::resolved).orElseGet(Resolution::absent);
            }
        }
        Tenancy tenancy = Tenancy.builder()
                .config(TenancyConfig.DEFAULTS.withResolution(
                        ResolutionConfig.DEFAULTS.withSubdomainPattern("app.example")))
                .store(store)
                .membership(members)
                .resolver(new QueryParamResolver())
                .build();

        assertThat(admitted(tenancy, call -> call.queryParam("tenant_id", "acme")))
                .isEqualTo("acme by query_param");
        assertThat(admitted(tenancy, call -> call.queryParam("tenant_id", "globex")))
                .isEqualTo("not_a_member");
        assertThat(admitted(
                        tenancy, call -> call.queryParam("tenant_id", "acme").header("x-tenant-id", "acme")))
                .isEqualTo("acme by header");
        assertThat(admitted(
                        tenancy, call -> call.queryParam("tenant_id", "acme").host("acme.app.example")))
                .isEqualTo("acme by query_param");
        assertThat(admitted(
                        tenancy, call -> call.queryParam("tenant_id", "acme").header("x-tenant-id", "globex")))
                .isEqualTo("tenant_conflict");
    }

    @Test
    void how_to_5_another_isolation_strategy_must_be_there() {
        TenancyConfig config =
                TenancyConfig.DEFAULTS.withLifecycle(LifecycleConfig.DEFAULTS.withIsolationStrategy("schema"));

        assertThatThrownBy(() -> Tenancy.builder()
                        .config(config)
                        .store(store)
                        .membership(members)
                        .build())
                .isInstanceOf(TenancyConfigurationException.class)
                .hasMessageContaining("lifecycle.isolation_strategy is 'schema'")
                .hasMessageContaining("[row_level]");
        assertThat(Tenancy.builder()
                        .config(config)
                        .store(store)
                        .membership(members)
                        .strategy(new Recording("schema"))
                        .build()
                        .strategies()
                        .names())
                .containsExactly("row_level", "schema");
    }

    @Test
    void how_to_8_a_provisioner_calls_its_strategy_or_never() {
        var strategy = new Recording("recording");
        TenantProvisioner provisioner = new TenantProvisioner(strategy, true);
        provisioner.provision(TenantId.of("tenant-xyz"));
        provisioner.deprovision(TenantId.of("tenant-xyz"));
        assertThat(strategy.calls).containsExactly("provision tenant-xyz", "deprovision tenant-xyz");

        var idle = new Recording("recording");
        new TenantProvisioner(idle, false).provision(TenantId.of("tenant-xyz"));
        new TenantProvisioner(idle, false).deprovision(TenantId.of("tenant-xyz"));
        assertThat(idle.calls).isEmpty();

        assertThatThrownBy(() -> new TenantProvisioner(new Recording("failing"), true).provision("tenant-xyz"))
                .isInstanceOfSatisfying(
                        TenantProvisioningException.class,
                        failure -> assertThat(failure.code()).isEqualTo("LEX_ERR_TENANT_004"));
    }

    @Test
    void how_to_8_without_a_database_provisioning_has_nothing_to_do() {
        var tenancy = Tenancy.builder().store(store).membership(members).build();

        assertThatCode(() -> {
                    tenancy.provisioner().provision(TenantId.of("tenant-xyz"));
                    tenancy.provisioner().deprovision(TenantId.of("tenant-xyz"));
                })
                .doesNotThrowAnyException();
    }

    @Test
    void how_to_10_a_tenant_is_created_active_and_once() {
        var memory = new InMemoryTenantStore();
        var strategy = new Recording("row_level");
        var tenancy = Tenancy.builder()
                .store(memory)
                .membership(members)
                .strategy(strategy)
                .clock(() -> Instant.parse("2026-11-24T00:00:00Z"))
                .build();

        Tenant tenant = tenancy.tenants().createTenant(new CreateTenantCommand("newco", "NewCo Inc."));

        assertThat(tenant.isActive()).isTrue();
        assertThat(tenant.createdAt()).isEqualTo("2026-11-24T00:00:00Z");
        assertThat(strategy.calls).containsExactly("provision " + tenant.id());
        assertThat(memory.events()).hasSize(1);
        assertThatThrownBy(() -> tenancy.tenants().createTenant(new CreateTenantCommand("newco", "Again")))
                .isInstanceOf(TenantSlugConflictException.class);
        assertThat(memory.events()).hasSize(1);
        assertThat(tenancy.tenants().listTenants(false)).hasSize(1);
    }

    /** What the tenancy decides about a call of alice, in a few words. */
    private static String admitted(Tenancy tenancy, UnaryOperator<TenantResolutionContextBuilder> call) {
        var request = call.apply(TenantResolutionContext.builder().principal(TenantPrincipal.of("alice")));
        var admission = tenancy.admission().admit(request.build());
        return admission instanceof Admission.Admitted admitted
                ? admitted.tenant().id() + " by " + admitted.source()
                : ((Admission.Refused) admission).refusal().reason();
    }

    private static TenantStore storeOf(String... ids) {
        var store = new InMemoryTenantStore();
        for (var id : ids) {
            store.save(Tenant.active(TenantId.of(id), Slug.of(id), id, Instant.EPOCH), TenantStore.NEW, List.of());
        }
        return store;
    }

    private static TenantMembership memberOf(String tenant) {
        var members = new InMemoryMembership();
        members.grant("alice", TenantId.of(tenant));
        return members;
    }

    /** Notes what it is asked to do; called "failing", it fails. */
    private static final class Recording implements IsolationStrategy {

        private final String name;
        private final List<String> calls = new ArrayList<>();

        private Recording(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void provision(TenantId id) {
            if (name.equals("failing")) {
                throw new IllegalStateException("no space");
            }
            calls.add("provision " + id);
        }

        @Override
        public void deprovision(TenantId id) {
            calls.add("deprovision " + id);
        }

        @Override
        public Connection open(Tenant tenant) {
            throw new UnsupportedOperationException("not asked for here");
        }
    }
}
