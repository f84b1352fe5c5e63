package dev.lexigram.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.enforcement.Admission;
import dev.lexigram.tenancy.enforcement.TenantMembership;
import dev.lexigram.tenancy.lifecycle.CreateTenantCommand;
import dev.lexigram.tenancy.resolution.TenantPrincipal;
import dev.lexigram.tenancy.resolution.TenantResolutionContext;
import dev.lexigram.tenancy.stores.InMemoryTenantStore;
import dev.lexigram.tenancy.stores.TenantPage;
import dev.lexigram.tenancy.stores.TenantQuery;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantEvent;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantInactiveException;
import dev.lexigram.tenancy.tenant.TenantIsolationException;
import dev.lexigram.tenancy.tenant.TenantNotFoundException;
import dev.lexigram.tenancy.tenant.TenantSuspendedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** CF-3, C-1: the assembled library in use, and after it was closed. */
class AssembledTenancyTest {

    @Test
    void a_stub_binds_whoever_names_an_active_tenant_in_the_header() {
        try (var tenancy = Tenancy.stub()) {
            var acme = tenancy.tenants().createTenant(command("acme"));
            assertThat(admit(tenancy, "acme")).isEqualTo(new Admission.Admitted(acme, "header"));
            assertThat(admit(tenancy, "globex")).isInstanceOf(Admission.Refused.class);

            tenancy.tenants().suspendTenant(acme.id(), "unpaid");
            assertThat(admit(tenancy, "acme")).isInstanceOf(Admission.Refused.class);
            assertThat(tenancy.config().lifecycle().autoProvisionIsolation()).isFalse();
        }
    }

    @Test
    void two_tenancies_share_nothing() {
        try (var first = Tenancy.stub();
                var second = Tenancy.stub()) {
            first.tenants().createTenant(command("acme"));

            assertThat(second.tenants().listTenants(false)).isEmpty();
            assertThat(admit(second, "acme")).isInstanceOf(Admission.Refused.class);
        }
    }

    @Test
    void work_is_run_as_a_tenant_that_exists_and_is_active() {
        try (var tenancy = Tenancy.stub()) {
            var acme = tenancy.tenants().createTenant(command("acme")).id();

            assertThat(tenancy.callAs(acme, () -> tenancy.guard().require().id()))
                    .isEqualTo(acme);
            assertThat(TenantContext.current()).isEmpty();

            tenancy.tenants().suspendTenant(acme, "unpaid");
            assertThatThrownBy(() -> tenancy.callAs(acme, () -> 1)).isInstanceOf(TenantSuspendedException.class);
            tenancy.tenants().deactivateTenant(acme);
            assertThatThrownBy(() -> tenancy.callAs(acme, () -> 1)).isInstanceOf(TenantInactiveException.class);
            assertThatThrownBy(() -> tenancy.callAs(TenantId.of("nobody"), () -> 1))
                    .isInstanceOf(TenantNotFoundException.class);
        }
    }

    @Test
    void an_id_that_is_another_tenants_slug_is_no_tenant() {
        try (var tenancy = Tenancy.stub()) {
            tenancy.tenants().createTenant(command("acme"));
            var slugAsId = TenantId.of("acme");

            assertThatThrownBy(() -> tenancy.callAs(slugAsId, () -> 1)).isInstanceOf(TenantNotFoundException.class);

            // The control: a reference, which may be a slug, does lead there.
            assertThat(tenancy.validator().validate("acme").slug().value()).isEqualTo("acme");
        }
    }

    @Test
    void without_a_database_no_connection_is_opened() {
        try (var tenancy = Tenancy.stub()) {
            var acme = tenancy.tenants().createTenant(command("acme"));

            assertThatThrownBy(() -> tenancy.strategies().get("row_level").open(acme))
                    .isInstanceOf(TenantIsolationException.class)
                    .hasMessageContaining("RowLevelIsolationStrategy");
            assertThatThrownBy(tenancy::dataSource)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("dataSource(..)");
        }
    }

    static Stream<Function<Tenancy, Object>> every_use() {
        return Stream.of(
                Tenancy::config,
                Tenancy::tenants,
                Tenancy::configs,
                Tenancy::resolver,
                Tenancy::validator,
                Tenancy::admission,
                Tenancy::guard,
                Tenancy::provisioner,
                Tenancy::strategies,
                Tenancy::dataSource,
                tenancy -> tenancy.callAs(TenantId.of("acme"), () -> 1));
    }

    @ParameterizedTest
    @MethodSource("every_use")
    void after_closing_every_use_raises(Function<Tenancy, Object> use) {
        var tenancy = Tenancy.stub();
        tenancy.close();

        assertThatThrownBy(() -> use.apply(tenancy))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThatCode(tenancy::close).doesNotThrowAnyException();
    }

    @Test
    void what_was_given_is_closed_once_and_last_things_first_even_when_one_fails() {
        var closed = new ArrayList<String>();
        var tenancy = Tenancy.builder()
                .store(new ClosingStore(closed))
                .membership(new ClosingMembership(closed))
                .build();

        assertThatThrownBy(tenancy::close)
                .isInstanceOf(IllegalStateException.class)
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
        tenancy.close();

        assertThat(closed).containsExactly("membership", "store");
    }

    private static Admission admit(Tenancy tenancy, String header) {
        var call = TenantResolutionContext.builder().header("x-tenant-id", header);
        return tenancy.admission().admit(call.build());
    }

    private static CreateTenantCommand command(String slug) {
        return new CreateTenantCommand(slug, slug);
    }

    private record ClosingMembership(List<String> closed) implements TenantMembership, AutoCloseable {

        @Override
        public boolean isMember(TenantPrincipal principal, TenantId tenant) {
            return false;
        }

        @Override
        public void close() {
            closed.add("membership");
            throw new IllegalStateException("already gone");
        }
    }

    private record ClosingStore(List<String> closed, TenantStore inner) implements TenantStore, AutoCloseable {

        private ClosingStore(List<String> closed) {
            this(closed, new InMemoryTenantStore());
        }

        @Override
        public Optional<Tenant> findById(TenantId id) {
            return inner.findById(id);
        }

        @Override
        public Optional<Tenant> findByName(String name) {
            return inner.findByName(name);
        }

        @Override
        public TenantPage page(TenantQuery query) {
            return inner.page(query);
        }

        @Override
        public Tenant save(Tenant tenant, long expectedVersion, List<TenantEvent> events) {
            return inner.save(tenant, expectedVersion, events);
        }

        @Override
        public void close() {
            closed.add("store");
        }
    }
}
