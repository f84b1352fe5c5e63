package dev.lexigram.tenancy.postgres.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.postgres.faults.Await;
import dev.lexigram.tenancy.stores.TenantStore;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantStatus;
import dev.lexigram.tenancy.tenant.TenantUnavailableException;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node stops in the middle of a transaction, and its connection stays open: as by SIGSTOP, or with its network gone. */
@TenancyTest
class StoppedNodeTest {

    private static final String CHANGE =
            "update tenancy.tenants set name = 'Stopped', version = version + 1 where tenant_id = ?";

    private TestDatabase database;
    private SqlTenantStore store;
    private Tenant acme;

    @BeforeEach
    void start(TestDatabase database) {
        this.database = database;
        acme = ControlPlane.emptyStore(database).save(ControlPlane.tenant("acme", "acme"), TenantStore.NEW, List.of());
        store = SqlTenantStore.of(database.jdbcUrl(), Role.CONTROL.login(), "");
    }

    @AfterEach
    void stop() {
        store.close();
    }

    @Test
    void LC_09_a_node_that_stopped_in_the_middle_of_a_change_keeps_nobody_from_suspending_the_tenant() {
        var locked = new CompletableFuture<Boolean>();
        var goesOn = new CompletableFuture<Boolean>();
        var node = new ControlPlaneDatabase(database.as(Role.CONTROL));
        var stopped = CompletableFuture.supplyAsync(() -> node.write(connection -> {
            Sql.update(connection, CHANGE, "acme");
            locked.complete(true);
            return goesOn.join();
        }));
        locked.join();

        try {
            Await.until("the suspension", this::suspends);
        } finally {
            goesOn.complete(true);
        }
        assertThatThrownBy(stopped::join).hasCauseInstanceOf(TenantUnavailableException.class);
        assertThat(store.findById(acme.id()).orElseThrow())
                .returns(TenantStatus.SUSPENDED, Tenant::status)
                .returns("acme", Tenant::name);
    }

    @Test
    void LC_09_control_a_transaction_without_a_limit_keeps_everybody_waiting() throws SQLException {
        try (var connection = stoppedWithoutALimit()) {
            for (var attempt = 0; attempt < 3; attempt++) {
                assertThat(suspends()).isFalse();
            }
            connection.rollback();
        }
        assertThat(suspends()).isTrue();
    }

    /** Tries for two seconds. */
    private boolean suspends() {
        try {
            var suspended = acme.withStatus(TenantStatus.SUSPENDED, "unpaid", Instant.now());
            return store.save(suspended, acme.version(), List.of()).status() == TenantStatus.SUSPENDED;
        } catch (TenantUnavailableException waited) {
            return false;
        }
    }

    private Connection stoppedWithoutALimit() throws SQLException {
        var connection = database.as(Role.CONTROL).getConnection();
        connection.setAutoCommit(false);
        Sql.update(connection, CHANGE, "acme");
        return connection;
    }
}
