package dev.lexigram.tenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.Tenancy;
import dev.lexigram.tenancy.spring.app.NotesApplication;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantSuspendedException;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** AZ-02 in an application: what a suspension does to work under way, without a line of configuration. */
@TenancyTest
class SuspendedInTransactionTest {

    private static final TenantId ACME = TenantId.of("acme");

    private static Service service;

    @BeforeAll
    static void start(TestDatabase database) {
        Notes.createTable(database);
        service = Service.start(NotesApplication.class, Service.on(database));
        Notes.createTenants(service);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void AZ_02_a_transaction_of_a_tenant_that_is_suspended_meanwhile_is_refused_and_rolled_back() {
        var tenancy = service.bean(Tenancy.class);

        assertThatThrownBy(() -> tenancy.callAs(
                        ACME, () -> writeTwice(() -> tenancy.tenants().suspendTenant(ACME, "unpaid"))))
                .isInstanceOf(TenantSuspendedException.class);
        tenancy.tenants().activateTenant(ACME);
        assertThat(notes(tenancy)).isZero();

        // Control: with no suspension both are kept.
        tenancy.callAs(ACME, () -> writeTwice(() -> {}));
        assertThat(notes(tenancy)).isEqualTo(2);
    }

    private static int writeTwice(Runnable meanwhile) {
        return service.bean(TransactionTemplate.class).<Integer>execute(status -> {
            write();
            meanwhile.run();
            return write();
        });
    }

    private static int write() {
        return service.bean(JdbcClient.class)
                .sql("insert into note (body) values ('of acme')")
                .update();
    }

    private static int notes(Tenancy tenancy) {
        return tenancy.callAs(
                ACME,
                () -> service.bean(JdbcClient.class)
                        .sql("select count(*) from note")
                        .query(Integer.class)
                        .single());
    }
}
