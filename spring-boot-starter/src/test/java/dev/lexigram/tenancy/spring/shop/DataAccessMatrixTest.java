package dev.lexigram.tenancy.spring.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.spring.PartsOf;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every way in which an unchanged application gets at rows, on its own and on another tenant's. Without row security the
 * same operations do see and change the other's, so this can fail.
 */
@TenancyTest
class DataAccessMatrixTest {

    private static TestDatabase database;
    private static ShopTables tables;

    @BeforeAll
    static void createTables(TestDatabase testDatabase) {
        database = testDatabase;
        tables = ShopTables.create(database);
    }

    @AfterAll
    static void closeTables() throws Exception {
        tables.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"driver", "plain"})
    void RL_20_no_operation_sees_or_changes_a_row_of_another_tenant(String binder) {
        try (var shop = Shop.open(database, PartsOf.DATA, "tenancy.isolation.binder=" + binder)) {
            var operations = shop.operations();
            tables.refill();

            var useless = notDone(operations);
            var leaks = leaks(operations);
            tables.protect(false);
            var harmless = operations.stream()
                    .filter(operation -> !operation.keysAlone())
                    .filter(operation -> !outcome(operation, Target.GLOBEX).foreignTouched())
                    .toList();
            var falselyMarked = operations.stream()
                    .filter(Operation::keysAlone)
                    .filter(operation -> outcome(operation, Target.GLOBEX).foreignTouched())
                    .toList();
            tables.protect(true);

            assertThat(operations).hasSizeGreaterThan(130);
            assertThat(useless)
                    .as("operations that fail on their own tenant's rows")
                    .isEmpty();
            assertThat(leaks).as("operations that reach another tenant's rows").isEmpty();
            assertThat(harmless)
                    .as("operations that reach no other tenant's row without policies")
                    .isEmpty();
            assertThat(falselyMarked)
                    .as("operations that keys alone do not hold off")
                    .isEmpty();
        }
    }

    private static List<String> notDone(List<Operation> operations) {
        var lines = new ArrayList<String>();
        for (var operation : operations) {
            var outcome = outcome(operation, Target.ACME);
            if (!outcome.ownTouched()
                    || outcome.foreignTouched()
                    || !outcome.failure().equals("none")) {
                lines.add(operation + ": " + outcome);
            }
        }
        return lines;
    }

    private static List<String> leaks(List<Operation> operations) {
        var lines = new ArrayList<String>();
        for (var operation : operations) {
            var outcome = outcome(operation, Target.GLOBEX);
            if (outcome.foreignTouched()) {
                lines.add(operation + ": " + outcome);
            }
        }
        return lines;
    }

    private static Outcome outcome(Operation operation, Target target) {
        return Outcome.of(operation, target, tables);
    }
}
