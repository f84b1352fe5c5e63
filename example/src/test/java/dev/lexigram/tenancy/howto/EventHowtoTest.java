package dev.lexigram.tenancy.howto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.Tenancy;
import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.lifecycle.CreateTenantCommand;
import dev.lexigram.tenancy.postgres.isolation.PlainTransactionBinder;
import dev.lexigram.tenancy.postgres.isolation.TenantDataSource;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantSuspended;
import dev.lexigram.tenancy.tenant.TenantSuspendedException;
import dev.lexigram.tenancy.tenant.Uuid7;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.event.EventListener;

@TenancyTest
class EventHowtoTest {

    @Test
    void an_event_is_listened_to_as_any_other_of_the_application() {
        try (var application = new AnnotationConfigApplicationContext(Desk.class)) {
            var acme = TenantId.of("acme");
            application.publishEvent(new TenantSuspended(Uuid7.next(), acme, 1, Instant.now(), "ada", "unpaid"));

            assertThat(application.getBean(Desk.class).suspended).containsExactly(acme);
        }
    }

    @Test
    void work_under_way_ends_with_the_suspension(TestDatabase database) throws SQLException {
        var tenants = TenantDataSource.rowLevel(
                database.as(Role.APP), new PlainTransactionBinder("tenancy.tenant_id"), () -> true);
        try (var tenancy = Tenancy.stub()) {
            // tag::served[]
            tenants.servedWhile(tenancy.validator()::require);
            // end::served[]
            var acme = tenancy.tenants().createTenant(new CreateTenantCommand("acme", "Acme"));

            TenantContext.<Void, SQLException>callAs(acme, () -> {
                try (var connection = tenants.getConnection();
                        var statement = connection.createStatement()) {
                    statement.execute("select 1");
                    tenancy.tenants().suspendTenant(acme.id(), "unpaid");
                    assertThatThrownBy(() -> statement.execute("select 1"))
                            .isInstanceOf(TenantSuspendedException.class);
                }
                return null;
            });
        }
    }

    static class Desk {

        final List<TenantId> suspended = new ArrayList<>();

        // tag::listener[]
        @EventListener
        void on(TenantSuspended event) {
            suspended.add(event.tenantId());
        }
        // end::listener[]
    }
}
