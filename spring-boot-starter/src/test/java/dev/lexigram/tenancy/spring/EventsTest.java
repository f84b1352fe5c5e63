package dev.lexigram.tenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.Tenancy;
import dev.lexigram.tenancy.TenantHook;
import dev.lexigram.tenancy.TenantHooks;
import dev.lexigram.tenancy.lifecycle.CreateTenantCommand;
import dev.lexigram.tenancy.lifecycle.TenantEventListener;
import dev.lexigram.tenancy.lifecycle.TenantProvider;
import dev.lexigram.tenancy.spring.app.NotesApplication;
import dev.lexigram.tenancy.tenant.TenantEvent;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantProvisioned;
import dev.lexigram.tenancy.tenant.TenantSuspended;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/** What an application hears of its tenants. */
@TenancyTest
class EventsTest {

    private static Service service;
    private static TestDatabase database;

    @BeforeAll
    static void start(TestDatabase shared) {
        database = shared;
        Notes.createTable(shared);
        service = Service.start(
                new Class<?>[] {NotesApplication.class, Listening.class},
                Service.on(shared, "spring.application.name=help desk"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void E_4_events_reach_application_listeners_listener_beans_and_hooks_off_the_callers_thread() {
        var heard = service.bean(Heard.class);
        var hooked = new CopyOnWriteArrayList<TenantId>();
        service.bean(TenantHooks.class)
                .on(TenantHook.SUSPENDED, call -> hooked.add(call.tenant().orElseThrow()));
        var tenants = service.bean(TenantProvider.class);

        var acme = tenants.createTenant(new CreateTenantCommand("acme", "Acme"));
        tenants.suspendTenant(acme.id(), "unpaid");

        await(() -> heard.application.size() == 2 && heard.listener.size() == 2 && hooked.size() == 1);
        assertThat(heard.application)
                .extracting(Object::getClass)
                .isEqualTo(List.of(TenantProvisioned.class, TenantSuspended.class));
        assertThat(heard.listener).extracting(TenantEvent::sequence).containsExactly(1L, 2L);
        assertThat(hooked).containsExactly(acme.id());
        assertThat(heard.threads).doesNotContain(Thread.currentThread());
        assertThat(service.bean(Tenancy.class).relay().orElseThrow().listeners())
                .contains("app-help-desk:spring", "app-help-desk:own");
    }

    @Test
    void B_6_the_health_of_the_outbox_is_down_while_an_event_waits_for_long() {
        var health = service.bean("tenantOutboxHealthIndicator", HealthIndicator.class);
        await(() -> health.health().getStatus().equals(Status.UP));
        var globex = service.bean(TenantProvider.class).createTenant(new CreateTenantCommand("globex", "Globex"));
        await(() -> health.health().getDetails().get("open").equals(0L));
        var ofGlobex = " where tenant_id = '" + globex.id() + "' and listener = 'app-help-desk:own'";

        database.execute(
                Role.CONTROL,
                "update tenancy.outbox set created_at = now() - interval '61 seconds';"
                        + " update tenancy.outbox_delivery set delivered = 0, next_at = 'infinity'" + ofGlobex);

        assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
        database.execute(Role.CONTROL, "update tenancy.outbox_delivery set next_at = now()" + ofGlobex);
        await(() -> health.health().getStatus().equals(Status.UP));
    }

    @Test
    void B_6_the_health_of_the_bus_is_down_while_nothing_can_be_heard() {
        var health = service.bean("tenantBusHealthIndicator", HealthIndicator.class);
        await(() -> health.health().getStatus().equals(Status.UP));
        assertThat(health.health().getDetails())
                .containsEntry("bus", "heard")
                .containsEntry("changesHoldWithin", "PT2S");

        database.execute(Role.SUPERUSER, "alter role tenancy_control nologin");
        try {
            database.execute(
                    Role.SUPERUSER,
                    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tenancy-bus'"
                            + " and datname = current_database()");
            await(() -> health.health().getStatus().equals(Status.DOWN));
            assertThat(health.health().getDetails()).containsEntry("changesHoldWithin", "PT30S");
        } finally {
            database.execute(Role.SUPERUSER, "alter role tenancy_control login");
        }
        await(() -> health.health().getStatus().equals(Status.UP));
    }

    private static void await(BooleanSupplier condition) {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - deadline).as("within 20 s").isNegative();
            LockSupport.parkNanos(5_000_000);
        }
    }

    static final class Heard {
        final List<TenantEvent> application = new CopyOnWriteArrayList<>();
        final List<TenantEvent> listener = new CopyOnWriteArrayList<>();
        final List<Thread> threads = new CopyOnWriteArrayList<>();

        @EventListener
        void on(TenantEvent event) {
            threads.add(Thread.currentThread());
            application.add(event);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Listening {

        @Bean
        Heard heard() {
            return new Heard();
        }

        @Bean
        TenantEventListener own(Heard heard) {
            return new TenantEventListener() {
                @Override
                public String name() {
                    return "own";
                }

                @Override
                public void on(TenantEvent event) {
                    heard.threads.add(Thread.currentThread());
                    heard.listener.add(event);
                }
            };
        }
    }
}
