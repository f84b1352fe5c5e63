package dev.lexigram.tenancy.postgres.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.isolation.BinderChoice;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The self-test, and what it decides. */
@EnumSource(names = "DRIVER")
class SelfTestedBinderTest extends RowLevelTest {

    /** Something that a driver, or what is in front of it, might do. */
    private interface Surprise {
        void before(Connection borrowed) throws SQLException;
    }

    @Test
    void the_driver_binds_where_the_self_test_passes() throws SQLException {
        var tested = new SelfTestedBinder("pool", pool, IsolationConfig.DEFAULTS);
        assertThat(tested.name()).isEqualTo("undecided");
        assertThat(tested.known()).isEmpty();

        var notes = TenantDataSource.rowLevel(pool, tested, () -> true);

        assertThat(notesOf(ACME, notes)).containsExactly("acme 1", "acme 2");
        assertThat(tested.name()).isEqualTo("driver");
        assertThat(tested.choice()).hasToString("driver: the self-test passed");
    }

    @Test
    void the_self_test_needs_no_table_and_no_right(TestDatabase database) throws SQLException {
        var stranger = BinderUnderTest.DRIVER.connections(
                database.jdbcUrl() + "?readOnly=true&readOnlyMode=always", Role.CONTROL);

        assertThat(new SelfTestedBinder("pool", stranger, IsolationConfig.DEFAULTS)
                        .choice()
                        .binder()
                        .name())
                .isEqualTo("driver");
    }

    @Test
    void a_pool_of_the_drivers_own_connections_is_bound_plainly(TestDatabase database) throws SQLException {
        try (var own = poolOfOne(database.jdbcUrl(), BinderUnderTest.PLAIN)) {
            var tested = new SelfTestedBinder("pool", own, IsolationConfig.DEFAULTS);

            assertThat(notesOf(ACME, TenantDataSource.rowLevel(own, tested, () -> true)))
                    .containsExactly("acme 1", "acme 2");
            assertThat(tested.choice().binder().name()).isEqualTo("plain");
            assertThat(tested.choice().reason()).contains("not of driver class");

            var demanding = new SelfTestedBinder("pool", own, IsolationConfig.DEFAULTS.withBinder(BinderChoice.DRIVER));
            assertThatThrownBy(demanding::choice)
                    .isInstanceOf(TenancyConfigurationException.class)
                    .hasMessageContaining("set it to auto");
        }
    }

    static Stream<Arguments> surprises() {
        return Stream.of(
                Arguments.of("nothing is bound", (Surprise) borrowed -> {}, "the self-test failed"),
                Arguments.of(
                        "a session is bound", (Surprise) SelfTestedBinderTest::bindSession, "change of the binding"));
    }

    /** The binding is left out on purpose; without a self-test such a binder would serve. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("surprises")
    void CN_28_a_binder_under_which_something_runs_unbound_is_noticed(String what, Surprise surprise, String problem)
            throws SQLException {
        var careless = new TransactionBinder() {

            @Override
            public String name() {
                return "careless";
            }

            @Override
            public Connection bind(Connection borrowed, Optional<Tenant> captured) throws SQLException {
                surprise.before(borrowed);
                return borrowed;
            }
        };

        var found = new DriverSelfTest(pool, careless, IsolationConfig.DEFAULTS).problem();

        assertThat(found).hasValueSatisfying(told -> assertThat(told).contains(problem));
        run((DataSource) pool, "reset tenancy.tenant_id");
    }

    @Test
    void CN_28_a_driver_outside_the_tested_range_is_told() throws Exception {
        assertThat(OtherDriver.unsupported("42.5.6"))
                .hasValueSatisfying(told -> assertThat(told).contains("42.5", "42.6.0 to 42.7.x"));
        assertThat(OtherDriver.unsupportedWithout("")).as("the control").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"org.postgresql.core.v3.CompositeParameterList", "org.postgresql.core.v3.SimpleParameterList"})
    void CN_28_a_driver_without_what_the_binder_needs_is_told(String missing) throws Exception {
        assertThat(OtherDriver.unsupportedWithout(missing))
                .hasValueSatisfying(told -> assertThat(told).contains("lacks"));
    }

    private static void bindSession(Connection borrowed) throws SQLException {
        run(borrowed, "select set_config('tenancy.tenant_id', 'tenancy-self-test', false)");
    }
}
