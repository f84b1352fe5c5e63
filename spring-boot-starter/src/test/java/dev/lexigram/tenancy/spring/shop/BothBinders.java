package dev.lexigram.tenancy.spring.shop;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.spring.PartsOf;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Two shops over one database, one for each binder; that of the driver runs on virtual threads where there are any. */
final class BothBinders implements AutoCloseable {

    private final ShopTables tables;
    private final Map<String, Shop> shops;

    private BothBinders(ShopTables tables, Map<String, Shop> shops) {
        this.tables = tables;
        this.shops = shops;
    }

    static BothBinders open(TestDatabase database, Class<?>... more) {
        var tables = ShopTables.create(database);
        var sources = new ArrayList<Class<?>>(List.of(more));
        sources.add(ShopApplication.class);
        return new BothBinders(
                tables,
                Map.of(
                        "driver",
                                Shop.open(
                                        sources,
                                        database,
                                        PartsOf.DATA,
                                        "tenancy.isolation.binder=driver",
                                        "spring.threads.virtual.enabled=true"),
                        "plain", Shop.open(sources, database, PartsOf.DATA, "tenancy.isolation.binder=plain")));
    }

    Shop of(String binder) {
        tables.refill();
        return shops.get(binder);
    }

    ShopTables tables() {
        return tables;
    }

    static boolean isVirtual(String binder) {
        return binder.equals("driver") && Runtime.version().feature() >= 21;
    }

    static <T> T as(Tenant tenant, Supplier<T> work) {
        return TenantContext.callAs(tenant, work::get);
    }

    @Override
    public void close() throws Exception {
        shops.values().forEach(Shop::close);
        tables.close();
    }
}
