package dev.lexigram.tenancy.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.lifecycle.TenantProvider;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What careless or injected SQL can do when it runs as acme: anything, to acme's own rows. */
@InvoicingTest
class RawSqlTest {

    @Autowired
    private TenantProvider tenants;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TestDatabase database;

    private Tenant acme;
    private Tenant globex;
    private long foreign;

    @BeforeEach
    void each_tenant_has_one_customer() {
        acme = tenants.getTenant(TenantId.of("acme")).orElseThrow();
        globex = tenants.getTenant(TenantId.of("globex")).orElseThrow();
        database.execute(Role.SUPERUSER, "truncate customer cascade");
        insert(acme, "Ada's Books");
        foreign = insert(globex, "Initech");
    }

    @Test
    void a_select_without_where_shows_the_own_rows() {
        assertThat(names(acme)).containsExactly("Ada's Books");
        assertThat(names(globex)).containsExactly("Initech");
    }

    @Test
    void an_update_and_a_delete_without_where_change_the_own_rows() {
        assertThat(update(acme, "update customer set name = 'Stolen'")).isEqualTo(1);
        assertThat(update(acme, "delete from customer")).isEqualTo(1);

        assertThat(names(globex)).containsExactly("Initech");
    }

    @Test
    void an_update_and_a_delete_by_the_id_of_another_tenant_change_nothing() {
        assertThat(update(acme, "update customer set name = 'Stolen' where id = " + foreign))
                .isZero();
        assertThat(update(acme, "delete from customer where id = " + foreign)).isZero();

        assertThat(names(globex)).containsExactly("Initech");
    }

    @Test
    void a_row_cannot_be_given_to_or_taken_from_another_tenant() {
        assertThatThrownBy(
                        () -> update(acme, "insert into customer (name, email, tenant_id) values ('x', 'x', 'globex')"))
                .hasStackTraceContaining("row-level security");
        assertThatThrownBy(() -> update(acme, "update customer set tenant_id = 'globex'"))
                .hasStackTraceContaining("row-level security");
    }

    @Test
    void a_row_of_another_tenant_cannot_be_referred_to() {
        var reference = "insert into invoice (customer_id, due_on) values (%d, current_date)".formatted(foreign);

        assertThatThrownBy(() -> update(acme, reference)).isInstanceOf(DataIntegrityViolationException.class);
        assertThat(update(globex, reference)).isEqualTo(1);
    }

    @Test
    void with_no_tenant_every_statement_is_refused_and_none_answers_with_nothing() {
        assertThatThrownBy(() -> names()).hasStackTraceContaining("tenant not bound");
        assertThatThrownBy(() -> jdbc.sql("delete from customer").update()).hasStackTraceContaining("tenant not bound");
    }

    @Test
    void control_without_the_policies_the_same_statements_reach_every_row() {
        database.execute(Role.SUPERUSER, "alter table customer disable row level security");
        try {
            assertThat(names(acme)).containsExactlyInAnyOrder("Ada's Books", "Initech");
            assertThat(update(acme, "update customer set name = 'Stolen' where id = " + foreign))
                    .isEqualTo(1);
        } finally {
            database.execute(Role.SUPERUSER, "alter table customer enable row level security");
        }
        assertThat(names(globex)).containsExactly("Stolen");
    }

    private long insert(Tenant tenant, String name) {
        return TenantContext.callAs(
                tenant,
                () -> jdbc.sql("insert into customer (name, email) values (?, gen_random_uuid()) returning id")
                        .param(name)
                        .query(Long.class)
                        .single());
    }

    private List<String> names(Tenant tenant) {
        return TenantContext.callAs(tenant, this::names);
    }

    private List<String> names() {
        return jdbc.sql("select name from customer").query(String.class).list();
    }

    private int update(Tenant tenant, String sql) {
        return TenantContext.callAs(tenant, () -> jdbc.sql(sql).update());
    }
}
