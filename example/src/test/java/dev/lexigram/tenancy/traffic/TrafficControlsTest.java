package dev.lexigram.tenancy.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.acceptance.traffic.Kind;
import dev.lexigram.tenancy.acceptance.traffic.Traffic;
import dev.lexigram.tenancy.acceptance.traffic.TrafficReport;
import dev.lexigram.tenancy.acceptance.traffic.TrafficService;
import dev.lexigram.tenancy.postgres.isolation.TransactionBinder;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.testkit.Role;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The same traffic with one guard taken away. Each test ends as soon as it has seen what comes of that. */
class TrafficControlsTest {

    private static final Duration AT_MOST = Duration.ofSeconds(60);

    private final long seed = System.nanoTime();

    @Test
    void control_without_the_policy_of_one_table_foreign_rows_are_seen_and_changed() throws InterruptedException {
        try (var service = Invoicing.start()) {
            service.database().execute(Role.SUPERUSER, "alter table customer disable row level security");

            var report = run(
                    service,
                    seen -> !seen.leaks().isEmpty()
                            && !service.tables().strays(service.parties()).isEmpty());

            assertThat(report.leaks()).as("seed %d, %s", seed, report).isNotEmpty();
            assertThat(report.strays()).as("seed %d, %s", seed, report).isNotEmpty();
        }
    }

    @Test
    void control_without_a_binder_the_database_refuses_every_tenant() throws InterruptedException {
        try (var service = Invoicing.start("tenancy.isolation.exclude=dataSource")) {
            var report =
                    run(service, seen -> seen.faults().size() >= 40 && seen.right(Kind.SHARED, Kind.UNBOUND_SQL) > 10);

            assertThat(report.right(Kind.CREATE, Kind.READ, Kind.SEARCH, Kind.LIST, Kind.UPDATE, Kind.CARELESS_SQL))
                    .as("seed %d, %s", seed, report)
                    .isZero();
            assertThat(report.faults())
                    .hasSizeGreaterThanOrEqualTo(40)
                    .allMatch(fault -> fault.contains(": 403 ") && fault.contains("LEX_ERR_TENANT_010"));
            assertThat(report.leaks()).isEmpty();
            assertThat(report.strays()).isEmpty();
        }
    }

    @Test
    void control_a_setting_of_the_session_leaks_to_requests_with_no_tenant() throws InterruptedException {
        try (var service = Invoicing.start(List.of(SessionBinder.class))) {
            var report = run(service, seen -> !seen.leaks().isEmpty());

            assertThat(report.leaks())
                    .as("seed %d, %s", seed, report)
                    .isNotEmpty()
                    .anyMatch(leak -> leak.startsWith("UNBOUND_SQL "));
        }
    }

    @Test
    void control_an_error_that_tells_what_the_database_said_is_noticed() throws InterruptedException {
        try (var service = Invoicing.start("spring.web.error.include-message=always")) {
            var report = run(service, seen -> !seen.faults().isEmpty());

            assertThat(report.faults())
                    .as("seed %d, %s", seed, report)
                    .isNotEmpty()
                    .allMatch(fault -> fault.startsWith("REFUSED_SQL ") && fault.contains(": unclean 500"));
        }
    }

    private TrafficReport run(TrafficService service, Predicate<TrafficReport> enough) throws InterruptedException {
        return new Traffic(service, seed).run(Duration.ZERO, AT_MOST, enough);
    }

    /** What many do: the setting is made when the connection is borrowed, and stays. */
    static final class SessionBinder implements TransactionBinder {

        @Override
        public String name() {
            return "session";
        }

        @Override
        public Connection bind(Connection borrowed, Optional<Tenant> captured) throws SQLException {
            if (captured.isPresent()) {
                try (var statement = borrowed.prepareStatement("select set_config('tenancy.tenant_id', ?, false)")) {
                    statement.setString(1, captured.get().id().value());
                    statement.execute();
                }
            }
            return borrowed;
        }
    }
}
