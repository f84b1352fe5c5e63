package dev.lexigram.tenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.lifecycle.CreateTenantCommand;
import dev.lexigram.tenancy.lifecycle.TenantProvider;
import dev.lexigram.tenancy.postgres.isolation.SystemScope;
import dev.lexigram.tenancy.postgres.stores.SqlTenantMembership;
import dev.lexigram.tenancy.spring.app.NotesApplication;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Reads across tenants in a Spring Boot service: by a property, with the login tenancy_admin. */
@TenancyTest
class SystemScopeTest {

    @BeforeAll
    static void createTable(TestDatabase database) {
        Notes.createTable(database);
    }

    @Test
    void AZ_08_a_scope_reads_every_tenants_rows_and_the_trail_tells_it(TestDatabase database) throws SQLException {
        try (var service = start(database, "tenancy.system-scope.user=tenancy_admin")) {
            for (var name : List.of("acme", "globex")) {
                service.bean(TenantProvider.class)
                        .createTenant(new CreateTenantCommand(name, name).withId(TenantId.of(name)));
                service.bean(SqlTenantMembership.class).grant("ann", TenantId.of(name));
                service.post("/notes", Tokens.of("ann", name), "of " + name);
            }

            var read = service.bean(SystemScope.class).call("a report", connection -> {
                try (var rows = connection.createStatement().executeQuery("select count(*) from note")) {
                    rows.next();
                    return rows.getInt(1);
                }
            });

            assertThat(read).isEqualTo(2);
            try (var connection = database.as(Role.CONTROL).getConnection();
                    var rows = connection
                            .createStatement()
                            .executeQuery("select actor || ' ' || action from tenancy.audit order by at, id")) {
                rows.next();
                assertThat(rows.getString(1)).isEqualTo("application system_scope.begun");
            }
            assertThat(service.beans(DataSource.class))
                    .as("nobody gets that login as a DataSource")
                    .hasSize(1);
        }
    }

    @Test
    void without_that_login_there_is_no_scope(TestDatabase database) {
        try (var service = start(database)) {
            assertThat(service.beans(SystemScope.class)).isEmpty();
        }
    }

    private static Service start(TestDatabase database, String... properties) {
        return Service.start(NotesApplication.class, Service.on(database, properties));
    }
}
