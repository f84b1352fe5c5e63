package dev.lexigram.tenancy.postgres.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.enforcement.AuditEntry;
import dev.lexigram.tenancy.enforcement.AuditTrail;
import dev.lexigram.tenancy.postgres.stores.SqlTenantStore;
import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import dev.lexigram.tenancy.tenant.TenantIsolationException;
import dev.lexigram.tenancy.tenant.TenantUnavailableException;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** AZ-08: who reads across tenants says why, reads only, not for long, and is written down. */
@TenancyTest
class SystemScopeTest {

    private static final String READ = "select body from note order by body";

    private final List<AuditEntry> written = new ArrayList<>();
    private TestDatabase database;
    private SystemScope scope;

    @BeforeAll
    static void create(TestDatabase database) {
        database.execute(
                Role.MIGRATOR,
                "set role tenancy_owner; create table note (body text not null);"
                        + " grant select, insert, update, delete on note to tenancy_app");
        RowLevelPolicies.forTables("note").apply(database.as(Role.MIGRATOR));
        database.execute(
                Role.SUPERUSER,
                "insert into note (body, tenant_id) values ('of acme', 'acme'), ('of globex', 'globex')");
    }

    @BeforeEach
    void open(TestDatabase database) {
        this.database = database;
        scope = SystemScope.of(database.as(Role.ADMIN), written::add, () -> "ann");
    }

    @Test
    void AZ_08_every_tenants_rows_are_read_and_it_is_written_down_before_and_after() throws SQLException {
        var read = scope.call("monthly figures", connection -> {
            assertThat(actions()).as("before").containsExactly("system_scope.begun");
            return RowLevelTest.rows(connection, READ);
        });

        assertThat(read).containsExactly("of acme", "of globex");
        assertThat(actions()).containsExactly("system_scope.begun", "system_scope.ended");
        assertThat(written)
                .allMatch(entry -> entry.actor().equals("ann") && entry.reason().equals("monthly figures"));
        assertThat(written.get(1).detail())
                .containsEntry("begun", written.get(0).id().toString())
                .containsEntry("outcome", "done");
        assertThatThrownBy(() -> RowLevelTest.rows(database.as(Role.APP), READ))
                .as("control: without a scope the serving login reads nothing")
                .hasFieldOrPropertyWithValue("SQLState", RowLevelTest.UNBOUND);
    }

    @Test
    void AZ_08_it_ends_on_an_exception_too() {
        assertThatThrownBy(() -> scope.call("a report", connection -> {
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(written.get(1).detail()).containsEntry("outcome", "failed");
    }

    @Test
    void AZ_08_no_tenant_is_bound_meanwhile() throws SQLException {
        TenantContext.<SQLException>runAs(RowLevelTest.ACME, () -> {
            assertThat(scope.<Boolean>call(
                            "a report", connection -> TenantContext.current().isEmpty()))
                    .isTrue();
            assertThat(TenantContext.require()).isEqualTo(RowLevelTest.ACME);
        });
    }

    @Test
    void AZ_08_it_changes_nothing() {
        assertThatThrownBy(() -> scope.call("a change", connection -> {
                    connection.commit();
                    connection.setReadOnly(false);
                    RowLevelTest.run(connection, "insert into note (body, tenant_id) values ('forged', 'acme')");
                    return null;
                }))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("permission denied");
    }

    @ParameterizedTest
    @CsvSource({
        "grant insert on note to tenancy_admin, revoke insert on note from tenancy_admin, public.note",
        "grant tenancy_owner to tenancy_admin, revoke tenancy_owner from tenancy_admin, tenancy_owner",
        "alter role tenancy_admin nobypassrls, alter role tenancy_admin bypassrls, bypassrls",
        "alter role tenancy_admin superuser, alter role tenancy_admin nosuperuser, superuser"
    })
    void AZ_08_a_login_that_can_do_more_or_sees_less_is_refused(String widen, String mend, String told)
            throws SQLException {
        database.execute(Role.SUPERUSER, widen);
        try {
            assertThatThrownBy(() -> scope.call("a report", connection -> RowLevelTest.rows(connection, READ)))
                    .isInstanceOf(TenancyConfigurationException.class)
                    .hasMessageContaining(told.replace("public.", ""));
        } finally {
            database.execute(Role.SUPERUSER, mend);
        }

        var read = scope.call("control", connection -> RowLevelTest.rows(connection, READ));
        assertThat(read).hasSize(2);
    }

    @Test
    void AZ_08_it_ends_when_its_time_is_over() {
        var brief = scope.withLimit(Duration.ofMillis(200));

        assertThatThrownBy(() ->
                        brief.call("a long report", connection -> RowLevelTest.rows(connection, "select pg_sleep(60)")))
                .isInstanceOf(TenantIsolationException.class)
                .hasMessageContaining("PT0.2S");

        assertThat(written.get(1).detail()).containsEntry("outcome", "expired");
        assertThatThrownBy(() -> scope.withLimit(Duration.ofMinutes(16))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void AZ_08_what_cannot_be_written_down_is_not_read() {
        AuditTrail away = entry -> {
            throw TenantUnavailableException.of("the audit trail", new SQLException());
        };
        DataSource readers = database.as(Role.ADMIN);
        var ran = new ArrayList<String>();

        assertThatThrownBy(() -> SystemScope.of(readers, away, () -> "ann")
                        .call("a report", connection -> ran.addAll(RowLevelTest.rows(connection, READ))))
                .isInstanceOf(TenantUnavailableException.class);

        assertThat(ran).isEmpty();
    }

    @Test
    void a_reason_is_needed() {
        assertThatThrownBy(() -> scope.call(" ", connection -> 1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(written).isEmpty();
    }

    @Test
    void the_trail_is_stored_and_nobody_changes_it() throws SQLException {
        var trail = SqlTenantStore.of(database.as(Role.CONTROL)).auditTrail();

        SystemScope.of(database.as(Role.ADMIN), trail, () -> "ann").call("monthly figures", connection -> 1);

        var control = database.as(Role.CONTROL);
        assertThat(RowLevelTest.rows(
                        control, "select actor || ': ' || action || ': ' || reason from tenancy.audit order by at, id"))
                .containsExactly(
                        "ann: system_scope.begun: monthly figures", "ann: system_scope.ended: monthly figures");
        for (var change : List.of(
                "update tenancy.audit set actor = 'bob'", "delete from tenancy.audit", "truncate tenancy.audit")) {
            assertThatThrownBy(() -> RowLevelTest.run(control, change))
                    .as(change)
                    .hasMessageContaining("never changed");
        }
        database.execute(Role.CONTROL, "alter table tenancy.audit disable trigger audit_is_append_only");
        RowLevelTest.run(control, "delete from tenancy.audit"); // control: it is the trigger that refuses
    }

    private List<String> actions() {
        return written.stream().map(AuditEntry::action).toList();
    }
}
