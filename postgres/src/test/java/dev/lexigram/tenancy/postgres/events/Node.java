package dev.lexigram.tenancy.postgres.events;

import dev.lexigram.tenancy.Tenancy;
import dev.lexigram.tenancy.TenancyBuilder;
import dev.lexigram.tenancy.TenancyConfig;
import dev.lexigram.tenancy.cache.BusConfig;
import dev.lexigram.tenancy.cache.BusType;
import dev.lexigram.tenancy.cache.InvalidationBus;
import dev.lexigram.tenancy.enforcement.Admission;
import dev.lexigram.tenancy.enforcement.MembershipConfig;
import dev.lexigram.tenancy.lifecycle.CreateTenantCommand;
import dev.lexigram.tenancy.lifecycle.LifecycleConfig;
import dev.lexigram.tenancy.postgres.faults.Await;
import dev.lexigram.tenancy.postgres.stores.SqlTenantMembership;
import dev.lexigram.tenancy.postgres.stores.SqlTenantStore;
import dev.lexigram.tenancy.resolution.ResolutionConfig;
import dev.lexigram.tenancy.resolution.TenantPrincipal;
import dev.lexigram.tenancy.resolution.TenantResolutionContext;
import dev.lexigram.tenancy.resolution.ValidatorCacheConfig;
import dev.lexigram.tenancy.tenant.TenantId;
import java.time.Duration;
import java.util.function.Consumer;

/** One node of an application: a tenancy with pools of its own, whose only user is Ada. */
final class Node implements AutoCloseable {

    static final String ADA = "ada";

    final Tenancy tenancy;
    final SqlTenantMembership members;

    private Node(Tenancy tenancy, SqlTenantMembership members) {
        this.tenancy = tenancy;
        this.members = members;
    }

    /** With the bus that is configured. */
    static Node on(String jdbcUrl, BusConfig bus, Duration maxStaleness) {
        return open(jdbcUrl, bus, maxStaleness, any -> {});
    }

    /** With this bus. */
    static Node on(String jdbcUrl, InvalidationBus bus, Duration maxStaleness) {
        return open(jdbcUrl, BusConfig.DEFAULTS, maxStaleness, builder -> builder.bus(bus));
    }

    static BusConfig noBus() {
        return BusConfig.DEFAULTS.withType(BusType.NONE);
    }

    static BusConfig beating(int millis) {
        return BusConfig.DEFAULTS.withHeartbeat(Duration.ofMillis(millis));
    }

    private static Node open(String jdbcUrl, BusConfig bus, Duration maxStaleness, Consumer<TenancyBuilder> more) {
        var store = SqlTenantStore.of(jdbcUrl, "tenancy_control", "");
        var members = store.membership();
        var config = TenancyConfig.DEFAULTS
                .withBus(bus)
                .withMembership(MembershipConfig.DEFAULTS)
                .withResolution(ResolutionConfig.DEFAULTS
                        .withResolvers("header")
                        .withCache(ValidatorCacheConfig.DEFAULTS.withMaxStaleness(maxStaleness)))
                .withLifecycle(LifecycleConfig.DEFAULTS.withAutoProvisionIsolation(false));
        var builder = Tenancy.builder().config(config).store(store).membership(members);
        more.accept(builder);
        return new Node(builder.build(), members);
    }

    /** A new tenant of this name, of which Ada is a member. */
    TenantId create(String name) {
        var id = tenancy.tenants()
                .createTenant(new CreateTenantCommand(name, name).withId(TenantId.of(name)))
                .id();
        members.grant(ADA, id);
        return id;
    }

    boolean admits(TenantId tenant) {
        var context = TenantResolutionContext.builder()
                .header("x-tenant-id", tenant.value())
                .principal(TenantPrincipal.of(ADA))
                .build();
        return tenancy.admission().admit(context) instanceof Admission.Admitted;
    }

    boolean hears() {
        var now = System.nanoTime();
        return tenancy.bus().isPresent() && tenancy.bus().get().covers(now, now);
    }

    Node awaitBus() {
        Await.until("the bus", this::hears);
        return this;
    }

    @Override
    public void close() {
        tenancy.close();
    }
}
