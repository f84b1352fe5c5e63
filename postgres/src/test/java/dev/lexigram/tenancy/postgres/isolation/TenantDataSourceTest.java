package dev.lexigram.tenancy.postgres.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.DriverDataSource;
import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.isolation.IsolationStrategyRegistry;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantIsolationException;
import dev.lexigram.tenancy.tenant.TenantRequiredException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@EnumSource
class TenantDataSourceTest extends RowLevelTest {

    @Test
    void without_a_tenant_it_gives_no_connection_before_the_audit_has_proved_the_database() throws SQLException {
        var proved = new AtomicBoolean();
        var dataSource = TenantDataSource.rowLevel(pool, binder.of(IsolationConfig.DEFAULTS), proved::get);

        assertThatThrownBy(dataSource::getConnection)
                .isInstanceOf(TenantRequiredException.class)
                .hasMessageContaining("audit");
        assertThat(notesOf(ACME, dataSource)).hasSize(2);

        proved.set(true);
        assertThat(rows(dataSource, "select count(*) from pg_class")).hasSize(1);
        assertThatThrownBy(() -> notes(dataSource)).hasFieldOrPropertyWithValue("SQLState", UNBOUND);
    }

    @Test
    void a_tenant_of_another_strategy_is_refused() {
        var elsewhere = new Tenant(
                ACME.id(),
                ACME.slug(),
                ACME.name(),
                ACME.status(),
                null,
                null,
                ACME.config(),
                ACME.metadata(),
                "schema",
                ACME.createdAt(),
                ACME.updatedAt(),
                1);

        assertThatThrownBy(() -> notesOf(elsewhere, tenants))
                .isInstanceOf(TenantIsolationException.class)
                .hasMessageContaining("row_level");
    }

    @Test
    void each_tenant_gets_the_strategy_that_it_names() throws SQLException {
        var registry = new IsolationStrategyRegistry();
        registry.register(new RowLevelIsolationStrategy(pool, binder.of(IsolationConfig.DEFAULTS)));

        assertThat(notesOf(ACME, TenantDataSource.of(pool, binder.of(IsolationConfig.DEFAULTS), registry, () -> false)))
                .containsExactly("acme 1", "acme 2");
    }

    @Test
    void the_pool_behind_is_given_once_isolation_is_proved_and_reaches_no_row() throws SQLException {
        var proved = new AtomicBoolean();
        var dataSource = TenantDataSource.rowLevel(pool, binder.of(IsolationConfig.DEFAULTS), proved::get);

        assertThat(dataSource.isWrapperFor(HikariDataSource.class)).isFalse();
        assertThatThrownBy(() -> dataSource.unwrap(HikariDataSource.class))
                .isInstanceOf(TenantIsolationException.class);

        proved.set(true);
        var given = dataSource.unwrap(HikariDataSource.class);
        assertThat(given).isSameAs(pool);
        TenantContext.<SQLException>runAs(
                ACME, () -> assertThatThrownBy(() -> notes(given)).hasFieldOrPropertyWithValue("SQLState", UNBOUND));
    }

    @Test
    void another_login_and_what_is_not_the_pool_are_out_of_reach() throws SQLException {
        assertThatThrownBy(() -> tenants.getConnection("postgres", ""))
                .isInstanceOf(SQLFeatureNotSupportedException.class);
        assertThatThrownBy(() -> tenants.unwrap(DriverDataSource.class)).isInstanceOf(TenantIsolationException.class);
        assertThat(tenants.isWrapperFor(DriverDataSource.class)).isFalse();
        assertThat(tenants.isWrapperFor(TenantDataSource.class)).isTrue();
        assertThat(tenants.unwrap(DataSource.class)).isSameAs(tenants);
        assertThat(tenants)
                .hasToString("TenantDataSource[binder="
                        + binder.of(IsolationConfig.DEFAULTS).name() + "]");
    }

    @Test
    void a_row_level_tenant_needs_nothing_to_be_provisioned() throws SQLException {
        var strategy = new RowLevelIsolationStrategy();

        strategy.provision(TenantId.of("newco"));
        strategy.deprovision(TenantId.of("newco"));

        assertThat(strategy.name()).isEqualTo("row_level");
        assertThatThrownBy(() -> strategy.open(ACME))
                .isInstanceOf(TenantIsolationException.class)
                .hasMessageContaining("new RowLevelIsolationStrategy(pool, binder)");
    }

    @Test
    void a_strategy_opens_connections_of_its_tenant_alone() throws SQLException {
        var strategy = new RowLevelIsolationStrategy(pool, binder.of(IsolationConfig.DEFAULTS));

        TenantContext.<SQLException>runAs(ACME, () -> {
            try (var own = strategy.open(ACME)) {
                assertThat(rows(own, READ)).containsExactly("acme 1", "acme 2");
            }
            try (var foreign = strategy.open(GLOBEX)) {
                assertThatThrownBy(() -> rows(foreign, READ)).hasMessageContaining("'globex'");
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tenant_id", "a.b'", "a.b;c", "A.B", "a.b.c"})
    void the_name_of_the_setting_stands_in_sql_and_is_checked(String name) {
        assertThatThrownBy(() -> new PlainTransactionBinder(name)).isInstanceOf(IllegalArgumentException.class);
    }
}
