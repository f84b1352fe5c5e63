package dev.lexigram.tenancy.postgres.stores;

import dev.lexigram.tenancy.isolation.DeprovisionPolicy;
import dev.lexigram.tenancy.isolation.ErasedResource;
import dev.lexigram.tenancy.isolation.IsolationStrategy;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/** A schema for each tenant, so that what is left over can be seen. */
record TestSchemas(DataSource migrator) implements IsolationStrategy {

    @Override
    public String name() {
        return "test_schema";
    }

    @Override
    public Set<DeprovisionPolicy> policies() {
        return EnumSet.of(DeprovisionPolicy.DROP);
    }

    @Override
    public void provision(TenantId id) {
        var sql = "create schema if not exists \"tenant_" + id + "\" authorization tenancy_owner";
        execute(sql);
    }

    @Override
    public void deprovision(TenantId id) {
        var sql = "drop schema if exists \"tenant_" + id + "\" cascade";
        execute(sql);
    }

    @Override
    public List<ErasedResource> deprovision(Tenant tenant, DeprovisionPolicy policy) {
        deprovision(tenant.id());
        return List.of(new ErasedResource("schema", 1, 1, 0));
    }

    private void execute(String sql) {
        try (var connection = migrator.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public Connection open(Tenant tenant) {
        throw new UnsupportedOperationException();
    }
}
