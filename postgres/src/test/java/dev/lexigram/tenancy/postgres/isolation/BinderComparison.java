package dev.lexigram.tenancy.postgres.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;

/** Compares bound connections with plain ones, behind a proxy that counts their round trips. */
@TenancyTest
@ParameterizedClass
abstract class BinderComparison {

    static final String READ = "select body from note order by id";
    static final int TIMES = 7; // the driver prepares on the server from the fifth execution on

    static ContractDatabase server;
    static RoundTripTable table;

    /** Of the other tenant, opened once for each binder and mode: only what it reads counts here. */
    private static final Map<String, Connection> OTHERS = new HashMap<>();

    @Parameter(0)
    BinderUnderTest binder;

    @Parameter(1)
    DriverMode mode;

    @BeforeAll
    static void open(TestDatabase database) throws IOException, SQLException {
        server = new ContractDatabase(database);
        table = new RoundTripTable();
    }

    @AfterAll
    static void close() throws IOException, SQLException {
        for (var connection : OTHERS.values()) {
            connection.close();
        }
        OTHERS.clear();
        server.close();
    }

    /** Whether tenants have a schema each; if not, they share tables with policies. */
    boolean ownSchema() {
        return false;
    }

    private Tenant here(Tenant tenant) {
        return ownSchema() ? SchemaTables.withSchema(tenant) : tenant;
    }

    /** In autocommit and then in transactions; a connection of each kind goes through both. */
    final void behavesAlike(Scenario scenario, int times) throws SQLException {
        List<Observed> expected;
        try (var connection = server.ofTheDriver(mode, ownSchema())) {
            expected = both(connection, scenario, times, null);
        }
        var bound = server.bound(binder, mode, ownSchema());
        var actual = TenantContext.<List<Observed>, SQLException>callAs(here(RowLevelTest.ACME), () -> {
            try (var connection = bound.getConnection()) {
                return both(connection, scenario, times, binder);
            }
        });

        for (var index = 0; index < expected.size(); index++) {
            compare(scenario, expected.get(index), actual.get(index));
        }
        TenantContext.<SQLException>runAs(
                here(RowLevelTest.GLOBEX),
                () -> assertThat(rows(other(bound))).containsExactly("globex 1", "globex 2"));
    }

    private Connection other(DataSource bound) throws SQLException {
        var key = binder + " " + mode;
        if (!OTHERS.containsKey(key)) {
            OTHERS.put(key, bound.getConnection());
        }
        return OTHERS.get(key);
    }

    private void compare(Scenario scenario, Observed expected, Observed actual) {
        if (mayDiffer(scenario, expected.autoCommit)) {
            assertThat(actual.all).isNotEmpty();
        } else if (deviates(scenario, expected.autoCommit)) {
            assertThat(actual.all).usingRecursiveComparison().isNotEqualTo(expected.all);
        } else {
            assertThat(actual.all)
                    .as(scenario.name() + ", autocommit " + expected.autoCommit)
                    .usingRecursiveComparison()
                    .isEqualTo(expected.all);
        }
        assertThat(actual.all.toString()).contains("acme").doesNotContain("globex");
    }

    private record Observed(boolean autoCommit, List<Object> all) {}

    private List<Observed> both(Connection connection, Scenario scenario, int times, @Nullable BinderUnderTest bound)
            throws SQLException {
        server.reset(ownSchema());
        var alone = new Observed(true, measured(connection, scenario, true, times, bound));
        server.reset(ownSchema());
        return List.of(alone, new Observed(false, measured(connection, scenario, false, times, bound)));
    }

    private List<Object> measured(
            Connection connection, Scenario scenario, boolean autoCommit, int times, @Nullable BinderUnderTest bound)
            throws SQLException {
        var before = server.roundTrips();
        var observed = observe(connection, scenario, autoCommit, times);
        table.add(mode, scenario.name(), autoCommit, bound, server.roundTrips() - before);
        return observed;
    }

    /** What the scenario tells, several times over, and the rows that are there afterwards. */
    private static List<Object> observe(Connection connection, Scenario scenario, boolean autoCommit, int times)
            throws SQLException {
        var observed = new ArrayList<>();
        connection.setAutoCommit(autoCommit);
        for (var time = 0; time < times; time++) {
            observed.add(scenario.observe(connection));
            if (!autoCommit && time % 3 == 2) {
                connection.commit();
            }
        }
        connection.setAutoCommit(true);
        observed.add(rows(connection));
        return observed;
    }

    /** Whether what is bound is known to behave otherwise here. */
    private boolean deviates(Scenario scenario, boolean autoCommit) {
        return switch (scenario.name()) {
            // Entry by entry where the driver sends whole texts; as a whole or not at all if it is bound.
            case "a batch that fails" -> mode.sendsWholeTexts() && autoCommit;
            // In a text that goes as it is, nothing can be put between the statements: refused.
            case "transactions among several statements" -> mode.sendsWholeTexts();
            // A plan that no longer fits: the driver heals that by itself, but not in a transaction of the plain
            // binder.
            case "a changed table" -> !ownSchema() && binder == BinderUnderTest.PLAIN && mode.keepsPlans();
            default -> false;
        };
    }

    /**
     * Where the driver alone fails and what is bound may succeed: from PostgreSQL 18 on the driver hears that the path has
     * changed, and forgets what it had prepared or described.
     */
    private boolean mayDiffer(Scenario scenario, boolean autoCommit) {
        return ownSchema()
                && (scenario.name().equals("a changed table") && !autoCommit
                        || scenario.name().equals("several statements in one text")
                                && mode == DriverMode.PREPARED_AT_ONCE);
    }

    static List<String> rows(Connection connection) throws SQLException {
        return RowLevelTest.rows(connection, READ);
    }
}
