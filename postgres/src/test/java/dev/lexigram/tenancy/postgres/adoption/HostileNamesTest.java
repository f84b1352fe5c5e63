package dev.lexigram.tenancy.postgres.adoption;

import static dev.lexigram.tenancy.postgres.Invoicing.as;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.postgres.Invoicing;
import dev.lexigram.tenancy.postgres.isolation.RowLevelPolicies;
import dev.lexigram.tenancy.postgres.policy.TableName;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Names in the catalogue are names: in scripts, in comments, in the report and in the declarations. */
@TenancyTest
class HostileNamesTest {

    private static final TableName NAME = new TableName("a \"b", "x'); drop\ntable y; -- $tenancy$ %I \\ ${z}");

    @Test
    void whatever_a_table_and_its_keys_are_called_they_are_adopted(TestDatabase database) throws SQLException {
        database.execute(Role.SUPERUSER, "create schema \"a \"\"b\"");
        database.execute(Role.SUPERUSER, """
                create table %1$s (
                    "i\nd" int primary key generated always as identity, "e(-\n;drop" text, up int references %1$s on delete set null);
                create unique index "in\ndex (" on %1$s ("e(-\n;drop", lower("e(-\n;drop")) where "e(-\n;drop" > '(';
                create index "plain\n" on %1$s ("e(-\n;drop");
                create view "a ""b"."v\n;" as select * from %1$s;
                create function "a ""b"."f\n"() returns trigger language plpgsql as 'begin return new; end';
                create trigger "t\n" before update on %1$s for each row execute function "a ""b"."f\n"();
                insert into %1$s ("e(-\n;drop") values ('one')""".formatted(NAME.sql()));

        var plan = SchemaAdoption.of(database.as(Role.SUPERUSER))
                .withFirstTenant(TenantId.of("acme"))
                .plan();
        Shop.handOver(database, plan);
        plan.findings().forEach(finding -> database.execute(Role.SUPERUSER, finding.mend()));
        database.execute(Role.MIGRATOR, plan.migration());
        Shop.indexes(plan).forEach(sql -> database.execute(Role.MIGRATOR, sql));

        assertThat(RowLevelPolicies.forTables(List.of(NAME))
                        .verify(database.as(Role.APP))
                        .findings())
                .isEmpty();
        assertThat(as(database.as(Role.APP), "acme", "select count(*) from " + NAME.sql()))
                .containsExactly("1");
        assertThat(as(database.as(Role.APP), "globex", "select count(*) from " + NAME.sql()))
                .containsExactly("0");
        assertThat(Invoicing.unbound(database.as(Role.SUPERUSER), "select count(*) from " + NAME.sql()))
                .containsExactly("1");
        assertThat(plan.report().lines()).noneMatch(line -> line.startsWith("table") || line.startsWith(";"));
        assertThat(plan.migration().lines().filter(line -> line.startsWith("--")))
                .noneMatch(line -> line.contains("${"));
        assertThat(plan.declarations()).contains("""
                - "a \\u0022b.x'); drop\\u000atable y; -- $tenancy$ %I \\u005c ${z}"
                """);
    }
}
