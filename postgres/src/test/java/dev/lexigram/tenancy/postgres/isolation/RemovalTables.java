package dev.lexigram.tenancy.postgres.isolation;

import dev.lexigram.tenancy.postgres.policy.TableName;
import dev.lexigram.tenancy.postgres.policy.TenantPolicy;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/** Tables that refer to each other in every way, with rows of two tenants. */
final class RemovalTables {

    static final List<String> NAMES = List.of("customer", "invoice", "line", "category", "hen", "egg", "visit");

    private static final String DDL = """
            set role tenancy_owner;
            create table customer (id int primary key, tenant_id text);
            create table invoice (id int primary key, customer_id int references customer, tenant_id text);
            create table line (id int primary key, invoice_id int references invoice, tenant_id text);
            create table category (id int primary key, parent_id int references category, tenant_id text);
            create table hen (id int primary key, egg_id int, tenant_id text);
            create table egg (id int primary key, hen_id int references hen, tenant_id text);
            alter table hen add foreign key (egg_id) references egg;
            create table visit (id int, day date, tenant_id text) partition by range (day);
            create table visit_2025 partition of visit for values from ('2025-01-01') to ('2026-01-01');
            create table visit_2026 partition of visit for values from ('2026-01-01') to ('2027-01-01');
            create table country (code text primary key);
            grant select, insert, update, delete on all tables in schema public to tenancy_app;
            """;

    private static final String ROWS = """
            truncate customer, invoice, line, category, hen, egg, visit, country;
            insert into customer select n, t from generate_series(1, 3) n, (values ('acme')) as it(t);
            insert into customer values (9, 'globex');
            insert into invoice values (1, 1, 'acme'), (2, 2, 'acme'), (9, 9, 'globex');
            insert into line select n, 1, 'acme' from generate_series(1, 12000) n;
            insert into line values (99999, 9, 'globex');
            insert into category select n, nullif(n - 1, 0), 'acme' from generate_series(1, 20) n;
            insert into category values (99, null, 'globex');
            insert into hen values (1, null, 'acme'), (9, null, 'globex');
            insert into egg values (1, 1, 'acme'), (9, 9, 'globex');
            update hen set egg_id = id;
            insert into visit select n, '2025-06-01', 'acme' from generate_series(1, 6000) n;
            insert into visit select n, '2026-06-01', 'acme' from generate_series(1, 6000) n;
            insert into visit values (9, '2026-06-01', 'globex');
            insert into country values ('CH');
            """;

    private RemovalTables() {}

    static void create(TestDatabase database) {
        database.execute(Role.MIGRATOR, DDL);
        database.execute(Role.MIGRATOR, new TenantPolicy("tenancy.tenant_id").createFunction());
        database.execute(Role.MIGRATOR, "alter function tenancy.require_tenant() owner to tenancy_owner");
        Stream.concat(NAMES.stream(), Stream.of("visit_2025", "visit_2026"))
                .flatMap(table -> TenantPolicy.protect(TableName.of(table)).stream())
                .forEach(statement -> database.execute(Role.MIGRATOR, statement));
    }

    static void fill(TestDatabase database) {
        database.execute(Role.SUPERUSER, ROWS);
    }

    /** Whose rows there are in each table. */
    static List<String> owners(TestDatabase database) throws SQLException {
        var sql = String.join(
                " union all ",
                NAMES.stream()
                        .map(table -> "select distinct tenant_id from " + table)
                        .toList());
        return RowLevelTest.rows(database.as(Role.SUPERUSER), sql);
    }
}
