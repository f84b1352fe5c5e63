package dev.lexigram.tenancy.postgres.observation;

import static dev.lexigram.tenancy.postgres.observation.Observed.ACME;
import static dev.lexigram.tenancy.postgres.observation.Observed.GLOBEX;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.isolation.BinderChoice;
import dev.lexigram.tenancy.postgres.Invoicing;
import dev.lexigram.tenancy.postgres.isolation.RowLevelObservation;
import dev.lexigram.tenancy.postgres.isolation.WouldBeRefusal;
import dev.lexigram.tenancy.postgres.isolation.WouldBeRefusals;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.PGConnection;

/** I-16: what is recorded of an application, where its code is, and what it goes on to see itself. */
@TenancyTest
@ParameterizedClass
@EnumSource(names = {"DRIVER", "PLAIN"})
class WouldBeRefusalsTest {

    private static final String NAMES = "select name from customer";

    @Parameter
    BinderChoice choice;

    private Observed observed;

    @BeforeEach
    void an_observed_application(TestDatabase database) {
        Invoicing.create(database);
        database.execute(Role.MIGRATOR, "insert into customer (name) values ('Old')");
        RowLevelObservation.forTables("customer", "invoice").apply(database.as(Role.MIGRATOR));
        observed = new Observed(database, choice);
    }

    @AfterEach
    void close() {
        observed.close();
    }

    @Test
    void a_place_is_a_line_of_the_application_and_counts() throws Exception {
        for (var time = 0; time < 3; time++) {
            observed.unbound(connection -> run(connection, NAMES));
        }
        observed.unbound(connection -> elsewhere(connection));

        assertThat(observed.refusals().entries())
                .extracting(WouldBeRefusal::location)
                .allMatch(place -> place.matches(".*WouldBeRefusalsTest\\.(run|elsewhere):\\d+"));
        assertThat(observed.refusals().entries())
                .extracting(WouldBeRefusal::count)
                .containsExactly(1L, 3L);
        assertThat(observed.refusals().total()).isEqualTo(4);
    }

    @Test
    void tables_of_one_statement_count_each() throws Exception {
        observed.unbound(connection -> run(
                connection,
                "select from customer c left join invoice i on i.customer_id = c.id;"
                        + "insert into invoice (number) values ('1')"));

        assertThat(observed.recorded())
                .containsExactly("WITHOUT_TENANT public.customer 1", "WITHOUT_TENANT public.invoice 1");
    }

    @Test
    void a_connection_that_another_has_borrowed_is_recorded_and_works_on() throws Exception {
        try (var connection = observed.borrow()) {
            TenantContext.<SQLException>runAs(ACME, () -> run(connection, "select 1"));
        }
        observed.as(ACME, connection -> {
            TenantContext.<SQLException>runAs(GLOBEX, () -> run(connection, "select 1"));
            assertThat(connection.isClosed()).isFalse();
            run(connection, "select 1");
        });

        assertThat(observed.recorded()).isNotEmpty().allMatch(line -> line.startsWith("OTHER_BORROWER"));
    }

    @Test
    void what_fails_fails_as_before_and_is_recorded() throws Exception {
        observed.unbound(connection -> {
            connection.setAutoCommit(false);
            assertThat(failing(connection, "select 1 / (length(name) - 3) from customer"))
                    .isEqualTo("22012");
            assertThat(failing(connection, "select 1")).isEqualTo("25P02");
            connection.rollback();
            run(connection, "select 1");
        });

        assertThat(observed.recorded()).containsExactly("WITHOUT_TENANT public.customer 1");
    }

    @Test
    void the_applications_own_warnings_stay_and_ours_do_not_show() throws Exception {
        var own = "do $$ begin raise warning 'first'; perform from customer; raise notice 'second'; end $$";
        observed.unbound(connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute(own);
                assertThat(messages(statement.getWarnings())).containsExactly("first", "second");
                assertThat(messages(statement.getWarnings())).hasSize(2);
                statement.clearWarnings();
                assertThat(messages(statement.getWarnings())).isEmpty();
                statement.execute(own);
                statement.execute("select 1");
                assertThat(messages(statement.getWarnings())).isEmpty();
            }
        });

        assertThat(observed.refusals().total()).isEqualTo(2);
    }

    @Test
    void what_a_deferred_trigger_does_at_the_commit_is_recorded(TestDatabase database) throws Exception {
        database.execute(Role.MIGRATOR, """
                create function reads() returns trigger language plpgsql as
                    $$ begin perform from customer; return null; end $$;
                create constraint trigger late after insert on invoice deferrable initially deferred
                    for each row execute function reads()""");
        observed.as(ACME, connection -> {
            connection.setAutoCommit(false);
            run(connection, "insert into invoice (number) values ('1')");
            assertThat(observed.recorded()).isEmpty();
            connection.commit();
            assertThat(observed.recorded()).containsExactly("OTHER_TENANT public.customer 1");
        });
    }

    @Test
    void what_the_binder_cannot_bind_is_let_through_and_recorded() throws Exception {
        observed.unbound(connection -> {
            var driver = connection.unwrap(PGConnection.class);
            var written = new StringWriter();
            driver.getCopyAPI().copyOut("copy customer (name) to stdout", written);
            assertThat(written).hasToString("Old\n");
            connection.setAutoCommit(false);
            assertThat(driver.getLargeObjectAPI().createLO()).isPositive();
            connection.rollback();
        });

        assertThat(observed.recorded())
                .anyMatch(line -> line.startsWith("NOT_BOUND"))
                .contains("WITHOUT_TENANT public.customer 1");
    }

    @Test
    void another_message_of_the_same_state_is_no_entry() throws Exception {
        observed.unbound(connection -> run(connection, """
                do $$ begin raise info using errcode = 'TEN01', message = 'drop everything', table = 'x';
                    raise info using errcode = 'TEN01', message = 'tenancy: no tenant bound',
                        schema = 'public', table = repeat('x', 99) || chr(10); end $$"""));

        assertThat(observed.recorded()).containsExactly("WITHOUT_TENANT 1");
    }

    @Test
    void its_memory_is_bounded() throws Exception {
        var tables = IntStream.range(0, WouldBeRefusals.MOST + 5)
                .mapToObj(
                        "raise info using errcode = 'TEN01', message = 'tenancy: no tenant bound', schema = 's', table = 't%s';"
                                ::formatted)
                .toList();
        observed.unbound(connection -> run(connection, "do $$ begin " + String.join("\n", tables) + " end $$"));

        assertThat(observed.refusals().entries()).hasSize(WouldBeRefusals.MOST);
        assertThat(observed.refusals().further()).isEqualTo(5);
        assertThat(observed.refusals().total()).isEqualTo(WouldBeRefusals.MOST + 5);
    }

    private static void elsewhere(Connection connection) throws SQLException {
        connection.prepareStatement(NAMES).execute();
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String failing(Connection connection, String sql) {
        try {
            run(connection, sql);
            return "none";
        } catch (SQLException failure) {
            return failure.getSQLState();
        }
    }

    private static List<String> messages(SQLWarning first) {
        return Stream.iterate(first, warning -> warning != null, SQLWarning::getNextWarning)
                .map(SQLWarning::getMessage)
                .map(message -> message.lines().findFirst().orElse(""))
                .toList();
    }
}
