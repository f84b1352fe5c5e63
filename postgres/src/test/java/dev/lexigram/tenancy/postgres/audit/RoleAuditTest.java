package dev.lexigram.tenancy.postgres.audit;

import static dev.lexigram.tenancy.postgres.Invoicing.as;
import static dev.lexigram.tenancy.postgres.Invoicing.unbound;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.Invoicing;
import dev.lexigram.tenancy.postgres.isolation.RowLevelPolicies;
import dev.lexigram.tenancy.tenant.TenantIsolationException;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Who serves. Every role with a defect is made for its test, so that the serving role of other tests stays as it is. */
@Tag("server")
@TenancyTest
class RoleAuditTest {

    private static final String NAMES = "select name from customer";

    private TestDatabase database;

    @BeforeEach
    void a_clean_schema_with_a_customer_of_each_tenant(TestDatabase database) throws SQLException {
        this.database = database;
        Invoicing.create(database);
        RowLevelPolicies.forTables("customer", "invoice").apply(database.as(Role.MIGRATOR));
        as(database.as(Role.APP), "acme", "insert into customer (name) values ('Ann of acme')");
        as(database.as(Role.APP), "globex", "insert into customer (name) values ('Guy of globex')");
        database.execute(Role.SUPERUSER, "create role web login in role tenancy_app");
        assertThat(audit(login("web"))).isEmpty();
    }

    @AfterEach
    void without_the_roles_of_the_test() {
        database.execute(Role.SUPERUSER, "drop owned by web; drop role web; drop role if exists middle");
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"SUPERUSER", "ADMIN"})
    void RL_02_who_bypasses_policies_reads_all_tenants_though_forced_and_may_not_serve(Role role) throws SQLException {
        assertThat(as(database.as(role), "acme", NAMES)).hasSize(2);
        assertThat(as(database.as(Role.APP), "acme", NAMES)).hasSize(1);

        var report =
                TenancyAudit.of(database.as(role), IsolationConfig.DEFAULTS).run();

        assertThat(report.isProved()).isFalse();
        assertThat(report.findings().get(0).code())
                .isEqualTo(role == Role.ADMIN ? FindingCode.ROLE_BYPASSES_POLICIES : FindingCode.ROLE_SUPERUSER);
        assertThatThrownBy(report::requireProved)
                .isInstanceOf(TenantIsolationException.class)
                .hasMessageContaining(report.findings().get(0).risk())
                .hasMessageContaining("alter role");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            alter role web bypassrls                                       | ROLE_BYPASSES_POLICIES
            alter role web replication                                     | ROLE_BYPASSES_POLICIES
            alter role web createrole                                      | ROLE_CREATES_ROLES
            grant tenancy_owner to web                                     | ROLE_OWNS
            grant tenancy_migrator to web                                  | ROLE_BYPASSES_POLICIES
            grant tenancy_admin to web                                     | ROLE_BYPASSES_POLICIES
            create role middle in role tenancy_owner; grant middle to web  | ROLE_OWNS
            create role middle noinherit in role tenancy_admin; grant middle to web | ROLE_BYPASSES_POLICIES
            grant postgres to web                                          | ROLE_SUPERUSER
            grant pg_read_all_data to web                                  | ROLE_READS_OR_WRITES_ALL
            grant pg_write_all_data to web                                 | ROLE_READS_OR_WRITES_ALL
            grant pg_execute_server_program to web                         | ROLE_READS_OR_WRITES_ALL
            grant pg_read_server_files to web                              | ROLE_READS_OR_WRITES_ALL
            """)
    void RL_03_a_role_that_can_become_one_with_too_many_rights_is_found_and_mended(String defect, FindingCode code) {
        database.execute(Role.SUPERUSER, defect);

        var findings = audit(login("web"));

        assertThat(findings).extracting(Finding::code).contains(code);
        assertThat(findings).extracting(Finding::severity).containsOnly(Severity.ERROR);
        findings.forEach(finding -> database.execute(Role.SUPERUSER, finding.mend()));
        assertThat(audit(login("web"))).isEmpty();
    }

    @Test
    void RL_03_a_membership_that_is_not_inherited_still_opens_every_row() throws SQLException {
        database.execute(Role.SUPERUSER, """
                create role middle noinherit in role tenancy_admin;
                alter role web noinherit; grant middle to web""");
        try (var connection = login("web").getConnection()) {
            Invoicing.rows(connection, "set role tenancy_admin");
            assertThat(Invoicing.rows(connection, NAMES)).hasSize(2);
        }

        assertThat(audit(login("web"))).extracting(Finding::code).contains(FindingCode.ROLE_BYPASSES_POLICIES);
    }

    @Test
    void RL_01_a_role_that_owns_a_table_is_found_because_it_can_switch_its_policies_off() throws SQLException {
        database.execute(Role.SUPERUSER, "alter table customer owner to web");
        unbound(login("web"), "alter table customer disable row level security");
        assertThat(as(login("web"), "acme", NAMES)).hasSize(2);
        unbound(login("web"), "alter table customer enable row level security");

        var findings = audit(login("web"));

        assertThat(findings).extracting(Finding::code).contains(FindingCode.ROLE_OWNS);
        findings.forEach(finding -> database.execute(Role.SUPERUSER, finding.mend()));
        assertThat(audit(login("web"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            grant create on schema public to web              | CREATE_GRANTED
            grant create on schema tenancy to tenancy_app     | CREATE_GRANTED
            grant create on database :db to public            | CREATE_GRANTED
            grant temporary on database :db to web            | TEMPORARY_GRANTED
            """)
    void a_right_to_create_is_found_and_mended(String defect, FindingCode code) {
        database.execute(Role.SUPERUSER, defect.replace(":db", database.name()));

        var findings = audit(login("web"));

        assertThat(findings).extracting(Finding::code).contains(code).containsOnly(code);
        findings.forEach(finding -> database.execute(Role.SUPERUSER, finding.mend()));
        assertThat(audit(login("web"))).isEmpty();
    }

    @Test
    void an_assumed_role_counts_and_the_rights_of_its_login_are_a_warning() throws SQLException {
        var assumed = startingWith("postgres", "-c role=tenancy_app");
        var config = IsolationConfig.DEFAULTS.withAssumeRole("tenancy_app");
        assertThat(as(assumed, "acme", NAMES)).hasSize(1);

        var report = TenancyAudit.of(assumed, config).run();

        assertThat(report.findings()).extracting(Finding::code).containsExactly(FindingCode.ROLE_ASSUMED);
        assertThat(report.isProved()).isTrue();
        assertThat(report.warnings()).hasSize(1);
        report.requireProved();
    }

    @Test
    void a_role_that_is_assumed_without_being_configured_is_an_error() {
        assertThat(audit(startingWith("postgres", "-c role=tenancy_app")))
                .extracting(Finding::code)
                .containsExactly(FindingCode.ROLE_SWITCHED);
    }

    @Test
    void a_login_that_does_not_assume_the_configured_role_is_an_error() {
        var config = IsolationConfig.DEFAULTS.withAssumeRole("tenancy_app");

        assertThat(TenancyAudit.of(login("web"), config).run().errors())
                .extracting(Finding::code)
                .containsExactly(FindingCode.ROLE_NOT_ASSUMED);
    }

    private DataSource login(String user) {
        return Invoicing.login(database, user);
    }

    private DataSource startingWith(String user, String options) {
        var dataSource = (PGSimpleDataSource) login(user);
        dataSource.setOptions(options);
        return dataSource;
    }

    private static List<Finding> audit(DataSource source) {
        return TenancyAudit.of(source, IsolationConfig.DEFAULTS).run().findings();
    }
}
