package dev.lexigram.tenancy.postgres.observation;

import static dev.lexigram.tenancy.postgres.observation.Observed.ACME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.isolation.BinderChoice;
import dev.lexigram.tenancy.postgres.Invoicing;
import dev.lexigram.tenancy.postgres.isolation.RowLevelObservation;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.Connection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** I-16: under observation nothing is refused or hidden, and each access that would be is recorded once. */
@TenancyTest
@ParameterizedClass
@EnumSource(names = {"DRIVER", "PLAIN"})
class ObservationTest {

    private static final String CUSTOMERS = """
            delete from customer;
            insert into customer (id, tenant_id, name) values (1, 'acme', 'Ann'), (2, 'globex', 'Guy')""";
    private static final String FUNCTION = """
            alter table customer alter id restart with 100;
            create function customers() returns bigint language plpgsql as
                $$ begin return (select count(*) from customer); end $$""";

    private static final Map<BinderChoice, Observed> APPLICATIONS = new EnumMap<>(BinderChoice.class);

    @Parameter
    BinderChoice choice;

    private Observed observed;

    @BeforeAll
    static void observe(TestDatabase database) {
        Invoicing.create(database);
        RowLevelObservation.forTables("customer").apply(database.as(Role.MIGRATOR));
        database.execute(Role.MIGRATOR, FUNCTION);
    }

    @BeforeEach
    void an_application(TestDatabase database) {
        database.execute(Role.MIGRATOR, CUSTOMERS);
        observed = APPLICATIONS.computeIfAbsent(choice, binder -> new Observed(database, binder));
        observed.recorded();
    }

    @AfterAll
    static void close() {
        APPLICATIONS.values().forEach(Observed::close);
        APPLICATIONS.clear();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "INSERT_FOR_ANOTHER")
    void with_no_tenant_every_path_is_served_and_recorded_once(AccessPath path) throws Exception {
        observed.unbound(connection -> inTransactionIf(path.inTransaction(), path, connection));

        assertThat(observed.recorded()).containsExactlyElementsOf(expected(path, "WITHOUT_TENANT"));
    }

    @ParameterizedTest
    @EnumSource
    void as_another_tenant_every_path_is_served_and_recorded_once(AccessPath path) throws Exception {
        observed.as(ACME, connection -> inTransactionIf(path.inTransaction(), path, connection));

        assertThat(observed.recorded())
                .containsExactlyElementsOf(expected(path, path.writes() ? "WRITTEN_FOR_OTHER" : "OTHER_TENANT"));
    }

    @ParameterizedTest
    @EnumSource
    void the_same_within_a_transaction(AccessPath path) throws Exception {
        observed.as(ACME, connection -> inTransactionIf(true, path, connection));

        assertThat(observed.recorded())
                .containsExactlyElementsOf(expected(path, path.writes() ? "WRITTEN_FOR_OTHER" : "OTHER_TENANT"));
    }

    @ParameterizedTest
    @EnumSource(names = {"SELECT", "UPDATE", "BATCH", "CURSOR", "COPY_TO"})
    void without_the_policies_nothing_is_recorded(AccessPath path, TestDatabase database) throws Exception {
        database.execute(Role.MIGRATOR, "alter table customer disable row level security");
        try {
            observed.as(ACME, connection -> inTransactionIf(path.inTransaction(), path, connection));
        } finally {
            database.execute(Role.MIGRATOR, "alter table customer enable row level security");
        }

        assertThat(observed.recorded()).noneMatch(line -> line.contains("customer"));
    }

    @Test
    void what_a_tenant_does_with_its_own_rows_is_not_recorded() throws Exception {
        observed.as(ACME, connection -> {
            for (var sql : List.of(
                    "select name from customer where id = 1",
                    "update customer set name = 'Ann' where id = 1",
                    "insert into customer (name) values ('Amy')",
                    "delete from customer where name = 'Amy'")) {
                try (var statement = connection.createStatement()) {
                    statement.execute(sql);
                }
            }
        });

        assertThat(observed.recorded()).isEmpty();
    }

    private List<String> expected(AccessPath path, String kind) {
        var told = kind + " public.customer 1";
        var unwrapped = path == AccessPath.COPY_TO && choice == BinderChoice.PLAIN;
        return unwrapped ? List.of("NOT_BOUND 1", "WITHOUT_TENANT public.customer 1") : List.of(told);
    }

    private static void inTransactionIf(boolean wanted, AccessPath path, Connection connection) throws Exception {
        connection.setAutoCommit(!wanted);
        path.go(connection);
        if (wanted) {
            connection.commit();
        }
    }
}
