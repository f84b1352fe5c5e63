package dev.lexigram.tenancy.traffic;

import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is really in the database: seen as superuser, past every policy. */
final class Tables {

    private static final String TEXTS = """
            select 'customer ' || id as row, tenant_id, name as text from customer
            union all select 'address of customer ' || id, tenant_id, email from customer
            union all select 'invoice ' || id, tenant_id, due_on::text from invoice
            union all select 'line ' || id, tenant_id, description from invoice_line""";

    private final JdbcClient superuser;

    Tables(TestDatabase database) {
        superuser = JdbcClient.create(database.as(Role.SUPERUSER));
    }

    /** Gives a tenant a customer with an invoice, so that no table is ever empty. @return the customer's id */
    long addFirstCustomer(Party party) {
        return superuser
                .sql("""
                        with c as (insert into customer (name, email, tenant_id)
                                   values (:name, :email, :tenant) returning id),
                             i as (insert into invoice (customer_id, due_on, tenant_id)
                                   select id, :due, :tenant from c returning id, customer_id)
                        insert into invoice_line (invoice_id, description, quantity, unit_price, tenant_id)
                        select id, :name, 1, 100, :tenant from i returning (select id from c)""")
                .param("name", party.text("first"))
                .param("email", party.email("first"))
                .param("due", party.dueOn())
                .param("tenant", party.tenant())
                .query(Long.class)
                .single();
    }

    /** Rows of this tenant that have this tag in their text. */
    Map<Long, String> rows(Party party, Resource resource, String tag) {
        var rows = new TreeMap<Long, String>();
        superuser.sql(resource.rows()).param(party.tenant()).query(row -> {
            if (row.getString(2).contains(" " + tag)) {
                rows.put(row.getLong(1), row.getString(2));
            }
        });
        return rows;
    }

    /** Every text whose marks are not those of the tenant that its row belongs to. */
    List<String> strays(List<Party> parties) {
        return superuser
                .sql(TEXTS)
                .query((row, number) -> {
                    var text = row.getString("text");
                    var owners = parties.stream()
                            .filter(party -> party.owns(text))
                            .map(Party::tenant)
                            .toList();
                    var tenant = row.getString("tenant_id");
                    return owners.equals(List.of(tenant))
                            ? ""
                            : row.getString("row") + " of " + tenant + " has the marks of " + owners;
                })
                .list()
                .stream()
                .filter(stray -> !stray.isEmpty())
                .toList();
    }

    /** How many of the service's connections are doing something, or could not be given back with nothing open. */
    long busyConnections() {
        return superuser
                .sql("select count(*) from pg_stat_activity where datname = current_database()"
                        + " and usename = ? and state <> 'idle'")
                .param(Role.APP.login())
                .query(Long.class)
                .single();
    }
}
