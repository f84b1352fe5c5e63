package dev.lexigram.tenancy.howto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.isolation.PlainTransactionBinder;
import dev.lexigram.tenancy.postgres.isolation.RowLevelPolicies;
import dev.lexigram.tenancy.postgres.isolation.TenantDataSource;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import dev.lexigram.tenancy.testkit.WithTenant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

// tag::test[]
@TenancyTest
class TestHowtoTest {

    static JdbcClient jdbc;

    @BeforeAll
    static void notes_of_two_tenants(TestDatabase database) {
        database.execute(Role.MIGRATOR, "create table note (id bigint primary key, text text)");
        RowLevelPolicies.forTables("note").apply(database.as(Role.MIGRATOR));
        database.execute(
                Role.MIGRATOR,
                "insert into note (id, text, tenant_id) values (1, 'mine', 'acme'), (2, 'theirs', 'globex')");
        var binder = new PlainTransactionBinder(IsolationConfig.DEFAULTS);
        jdbc = JdbcClient.create(TenantDataSource.rowLevel(database.as(Role.APP), binder, () -> true));
    }

    @Test
    @WithTenant("acme")
    void acme_sees_its_own_notes_only() {
        assertThat(jdbc.sql("select text from note").query(String.class).list()).containsExactly("mine");
    }

    @Test
    void without_a_tenant_the_database_refuses() {
        assertThatThrownBy(() ->
                        jdbc.sql("select text from note").query(String.class).list())
                .hasStackTraceContaining("tenant not bound");
    }
}
// end::test[]
