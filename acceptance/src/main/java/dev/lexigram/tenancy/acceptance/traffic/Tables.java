package dev.lexigram.tenancy.acceptance.traffic;

import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is really in the database: seen as superuser, past every policy. */
public final class Tables {

    private final Domain domain;
    private final JdbcClient superuser;

    Tables(Domain domain, TestDatabase database) {
        this.domain = domain;
        superuser = JdbcClient.create(database.as(Role.SUPERUSER));
    }

    /** Gives a tenant a first row of everything, so that no table is ever empty. @return the id of the named one */
    long addFirst(Party party) {
        return superuser
                .sql(domain.addFirst())
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
    public List<String> strays(List<Party> parties) {
        return superuser
                .sql(domain.texts())
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
