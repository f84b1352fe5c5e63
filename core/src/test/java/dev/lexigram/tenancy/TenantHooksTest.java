package dev.lexigram.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.lexigram.tenancy.enforcement.Admission;
import dev.lexigram.tenancy.isolation.IsolationStrategy;
import dev.lexigram.tenancy.lifecycle.CreateTenantCommand;
import dev.lexigram.tenancy.lifecycle.LifecycleConfig;
import dev.lexigram.tenancy.resolution.ResolutionConfig;
import dev.lexigram.tenancy.resolution.TenantResolutionContext;
import dev.lexigram.tenancy.stores.InMemoryTenantStore;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantProvisioningException;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** E-4: hooks fire, and nothing that they do reaches a call. */
class TenantHooksTest {

    private final List<HookCall> calls = new CopyOnWriteArrayList<>();

    @Test
    void E_4_hooks_of_a_tenants_life_fire_in_their_order() {
        try (var tenancy = Tenancy.stub()) {
            for (var hook : TenantHook.values()) {
                tenancy.hooks().on(hook, calls::add);
            }

            var id = tenancy.tenants()
                    .createTenant(new CreateTenantCommand("acme", "Acme"))
                    .id();
            tenancy.tenants().suspendTenant(id, "unpaid");
            tenancy.tenants().activateTenant(id);
            tenancy.tenants().deactivateTenant(id);

            await(() -> calls.size() == 4);
            assertThat(calls)
                    .extracting(call -> call.hook().wireName())
                    .containsExactly(
                            "tenant.provisioned", "tenant.suspended", "tenant.activated", "tenant.deactivated");
        }
    }

    @Test
    void E_4_a_call_that_is_admitted_or_refused_fires_with_its_source_and_reason() {
        try (var tenancy = Tenancy.stub()) {
            tenancy.hooks().on(TenantHook.RESOLVED, calls::add);
            var acme = tenancy.tenants().createTenant(new CreateTenantCommand("acme", "Acme"));

            admit(tenancy, "acme");
            admit(tenancy, "nobody");
            tenancy.tenants().suspendTenant(acme.id(), "unpaid");
            admit(tenancy, "acme");

            await(() -> calls.size() == 3);
            assertThat(calls)
                    .extracting(HookCall::bound, HookCall::source, HookCall::tenant, HookCall::reason)
                    .containsExactly(
                            tuple(true, Optional.of("header"), Optional.of(acme.id()), Optional.empty()),
                            tuple(false, Optional.empty(), Optional.empty(), Optional.of("unknown_tenant")),
                            tuple(false, Optional.empty(), Optional.of(acme.id()), Optional.of("suspended")));
        }
    }

    @Test
    void E_4_hooks_that_fail_or_hang_break_no_call_and_what_they_are_too_slow_for_is_counted() {
        var free = new CountDownLatch(1);
        try (var tenancy = Tenancy.stub()) {
            tenancy.tenants().createTenant(new CreateTenantCommand("acme", "Acme"));
            tenancy.hooks().on(TenantHook.RESOLVED, call -> {
                throw new IllegalStateException("for a test");
            });
            tenancy.hooks().on(TenantHook.RESOLVED, call -> awaitUninterrupted(free));
            tenancy.hooks().on(TenantHook.RESOLVED, calls::add);

            var admitted = IntStream.range(0, 5000)
                    .filter(call -> admit(tenancy, "acme") instanceof Admission.Admitted)
                    .count();
            var dropped = tenancy.hooks().dropped();
            free.countDown();

            assertThat(admitted).isEqualTo(5000);
            assertThat(dropped).isBetween(3000L, 4999L);
            await(() -> calls.size() == 5000 - dropped);
        }
    }

    @Test
    void E_4_a_place_that_cannot_be_made_fires() {
        var strategy = new IsolationStrategy() {
            @Override
            public String name() {
                return "row_level";
            }

            @Override
            public void provision(TenantId id) {
                throw new IllegalStateException("for a test");
            }

            @Override
            public void deprovision(TenantId id) {}

            @Override
            public Connection open(Tenant tenant) {
                throw new UnsupportedOperationException();
            }
        };
        var config = TenancyConfig.DEFAULTS
                .withResolution(ResolutionConfig.DEFAULTS.withStrictMembership(false))
                .withLifecycle(LifecycleConfig.DEFAULTS);
        try (var tenancy = Tenancy.builder()
                .config(config)
                .store(new InMemoryTenantStore())
                .strategy(strategy)
                .build()) {
            tenancy.hooks().on(TenantHook.PROVISIONING_FAILED, calls::add);

            assertThatThrownBy(() -> tenancy.tenants().createTenant(new CreateTenantCommand("acme", "Acme")))
                    .isInstanceOf(TenantProvisioningException.class);

            await(() -> calls.size() == 1);
            assertThat(calls.get(0).tenant()).isPresent();
        }
    }

    @Test
    void closed_hooks_take_nothing_more() {
        var tenancy = Tenancy.stub();
        var hooks = tenancy.hooks();
        hooks.on(TenantHook.RESOLVED, calls::add);
        tenancy.close();

        assertThatThrownBy(() -> hooks.on(TenantHook.RESOLVED, calls::add)).hasMessageContaining("closed");
        assertThatCode(hooks::close).doesNotThrowAnyException();
    }

    private static Admission admit(Tenancy tenancy, String reference) {
        return tenancy.admission()
                .admit(TenantResolutionContext.builder()
                        .header("x-tenant-id", reference)
                        .build());
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(BooleanSupplier condition) {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - deadline).as("within 20 s").isNegative();
            LockSupport.parkNanos(1_000_000);
        }
    }
}
