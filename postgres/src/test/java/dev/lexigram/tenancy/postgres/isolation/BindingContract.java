package dev.lexigram.tenancy.postgres.isolation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.testkit.Role;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every binder has to keep: whatever an application does on a bound connection, it observes what it would observe on
 * a plain connection of the driver. Those of the plain driver are bound by a setting of their session, which a binder
 * never uses.
 */
abstract class BindingContract extends BinderComparison {

    /** In the modes that the property binding.modes names, or else in all. */
    static Stream<Arguments> binders() {
        var wanted = System.getProperty("binding.modes", "");
        var plain =
                EnumSet.of(DriverMode.ORDINARY, DriverMode.PREPARED_AT_ONCE, DriverMode.SIMPLE, DriverMode.AUTOSAVE);
        return Arrays.stream(BinderUnderTest.values())
                .flatMap(binder -> Arrays.stream(DriverMode.values())
                        .filter(mode ->
                                wanted.isEmpty() || List.of(wanted.split(",")).contains(mode.name()))
                        .filter(mode -> binder == BinderUnderTest.DRIVER || plain.contains(mode))
                        .map(mode -> Arguments.of(binder, mode)));
    }

    static Stream<Scenario> scenarios() {
        return Stream.of(StatementScenarios.list(), ResultScenarios.list(), SessionScenarios.list())
                .flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void a_bound_connection_behaves_as_a_plain_one(Scenario scenario) throws SQLException {
        if (binder == BinderUnderTest.DRIVER || !scenario.inDriverOnly()) {
            behavesAlike(scenario, TIMES);
        }
    }

    @Test
    void a_table_that_changes_between_executions_is_the_same_to_both() throws SQLException {
        var changed = new Scenario("a changed table", (connection, observed) -> {
            server.asMigrator("drop table side.changing; create table side.changing as select 'acme' as body;"
                    + " grant select on side.changing to tenancy_app");
            try (var statement = connection.prepareStatement("select * from side.changing")) {
                for (var time = 0; time < TIMES; time++) {
                    observed.accept(Scenario.all(statement.executeQuery()));
                    if (!connection.getAutoCommit()) {
                        connection.commit();
                    }
                    server.asMigrator("alter table side.changing add column added_" + time + " text default 'acme'");
                }
            }
        });
        behavesAlike(changed, 1);
    }

    @Test
    void without_a_binder_the_same_connections_reach_nothing() {
        var unbound = server.itself().as(Role.APP);

        assertThatThrownBy(() -> RowLevelTest.notes(unbound))
                .hasFieldOrPropertyWithValue("SQLState", RowLevelTest.UNBOUND);
    }
}
