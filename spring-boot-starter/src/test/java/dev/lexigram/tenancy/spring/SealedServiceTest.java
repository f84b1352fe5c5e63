package dev.lexigram.tenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.lifecycle.TenantProvider;
import dev.lexigram.tenancy.postgres.isolation.RowLevelPolicies;
import dev.lexigram.tenancy.postgres.isolation.SealKey;
import dev.lexigram.tenancy.postgres.isolation.SealKeySource;
import dev.lexigram.tenancy.postgres.isolation.SealKeys;
import dev.lexigram.tenancy.spring.app.NotesApplication;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.testkit.PostgresServer;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** I-13: sealed mode in a Spring Boot service, whose bean has the key. */
@ExtendWith(OutputCaptureExtension.class)
class SealedServiceTest {

    private static final SealKey KEY = SealKey.random("first");
    private static final String BECOME = "create function become(tenant text) returns text language sql as"
            + " $$ select set_config('tenancy.tenant_id', tenant, true) $$";
    private static final String SWITCH = "select become('acme')";

    private TestDatabase database;

    @Configuration(proxyBeanMethods = false)
    static class Sealing {

        @Bean
        SealKeySource sealKey() {
            return () -> KEY;
        }
    }

    @BeforeEach
    void createDatabase() {
        database = PostgresServer.shared().createDatabase();
        database.execute(Role.MIGRATOR, "set role tenancy_owner; " + Notes.TABLE + "; " + BECOME);
    }

    @AfterEach
    void dropDatabase() {
        PostgresServer.shared().drop(database);
    }

    @ParameterizedTest
    @ValueSource(strings = {"driver", "plain"})
    void CN_12_injected_sql_cannot_switch_the_tenant(String binder) {
        RowLevelPolicies.forTables("note").withSealed(true).apply(database.as(Role.MIGRATOR));
        SealKeys.of(database.as(Role.MIGRATOR)).accept(KEY);
        try (var service = start(true, "tenancy.isolation.sealed=true", "tenancy.isolation.binder=" + binder)) {
            Notes.assertIsolated(service);

            assertThatThrownBy(() -> switched(service))
                    .isInstanceOf(RuntimeException.class)
                    .hasMessageNotContaining("of acme");
            assertThat(service.get("/notes", Tokens.of("bob", "globex")).body()).isEqualTo("[]");
        }
    }

    @Test
    void CN_12_control_where_it_is_not_sealed_injected_sql_reads_what_it_likes() {
        RowLevelPolicies.forTables("note").apply(database.as(Role.MIGRATOR));
        try (var service = start(true, "tenancy.isolation.binder=driver")) {
            Notes.assertIsolated(service);

            assertThatThrownBy(() -> switched(service))
                    .as("what was read before it could be noticed at the commit")
                    .hasMessageContaining("of acme");
        }
    }

    @Test
    void I_13_without_a_key_the_start_fails(CapturedOutput output) {
        RowLevelPolicies.forTables("note").withSealed(true).apply(database.as(Role.MIGRATOR));

        assertThatThrownBy(() -> start(false, "tenancy.isolation.sealed=true").close())
                .isInstanceOf(Exception.class);

        assertThat(output).contains("isolation.sealed is true").contains("SealKeySource");
    }

    /** What a transaction of globex reads after its SQL has named acme; told in an exception, so that nothing commits. */
    private static void switched(Service service) {
        var globex = service.bean(TenantProvider.class)
                .getTenant(TenantId.of("globex"))
                .orElseThrow();
        var jdbc = service.bean(JdbcClient.class);
        var transactions = new TransactionTemplate(service.bean(PlatformTransactionManager.class));
        TenantContext.runAs(
                globex,
                () -> transactions.executeWithoutResult(status -> {
                    jdbc.sql(SWITCH).query().singleValue();
                    var read = jdbc.sql("select body from note")
                            .query(String.class)
                            .list();
                    throw new IllegalStateException("read " + read);
                }));
    }

    private Service start(boolean sealing, String... properties) {
        var classes = sealing
                ? new Class<?>[] {NotesApplication.class, Sealing.class}
                : new Class<?>[] {NotesApplication.class};
        return Service.start(classes, Service.on(database, properties));
    }
}
