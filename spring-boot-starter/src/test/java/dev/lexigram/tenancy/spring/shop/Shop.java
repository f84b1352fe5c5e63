package dev.lexigram.tenancy.spring.shop;

import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The shop, running without a web server. */
final class Shop implements AutoCloseable {

    static final Tenant ACME = tenant("acme");
    static final Tenant GLOBEX = tenant("globex");

    private final ConfigurableApplicationContext context;

    private Shop(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static Shop open(TestDatabase database, String... properties) {
        return open(List.of(ShopApplication.class), database, properties);
    }

    static Shop open(List<Class<?>> configurations, TestDatabase database, String... properties) {
        return new Shop(new SpringApplicationBuilder(configurations.toArray(Class<?>[]::new))
                .web(WebApplicationType.NONE)
                .properties(
                        "spring.main.banner-mode=off",
                        "spring.flyway.enabled=false",
                        "spring.datasource.url=" + database.jdbcUrl(),
                        "spring.datasource.username=tenancy_app",
                        "spring.datasource.hikari.maximum-pool-size=3",
                        "tenancy.control_plane.user=tenancy_control",
                        "tenancy.membership.source=sql",
                        ShopTables.declared())
                .run(Arrays.stream(properties)
                        .map(property -> "--" + property) // so that they come before the file of these tests
                        .toArray(String[]::new)));
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    List<Operation> operations() {
        return context.getBeansOfType(Operation.Source.class).values().stream()
                .flatMap(source -> source.operations().stream())
                .toList();
    }

    @Override
    public void close() {
        context.close();
    }

    private static Tenant tenant(String name) {
        return Tenant.active(TenantId.of(name), Slug.of(name), name, Instant.now());
    }
}
