package dev.lexigram.tenancy.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.isolation.PlainTransactionBinder;
import dev.lexigram.tenancy.postgres.isolation.RowLevelPolicies;
import dev.lexigram.tenancy.postgres.isolation.TenantDataSource;
import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import dev.lexigram.tenancy.tenant.TenantException;
import dev.lexigram.tenancy.tenant.TenantRequiredException;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.hibernate.annotations.TenantId;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.context.spi.CurrentTenantIdentifierResolver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whose rows a session writes, what it is without a tenant, and how Hibernate starts with these settings. */
@TenancyTest
class TenantSessionsTest {

    private static final String SETTING = "app.tenant";
    private static final String OWNERS = "select concat_ws(' ', id, tenant_id) from gadget order by id";

    private static TestDatabase database;

    /** Hibernate makes the table, and the library protects it: under a setting of the application's own name. */
    @BeforeAll
    static void createTable(TestDatabase given) {
        database = given;
        var migrator = Map.<String, Object>of(AvailableSettings.HBM2DDL_AUTO, "update");
        Stock.build(database.as(Role.MIGRATOR), tied(migrator), Gadget.class).close();
        assertThat(count("select count(*) from pg_policies"))
                .as("of Hibernate's own")
                .isZero();
        RowLevelPolicies.forTables("gadget").withSettingName(SETTING).apply(database.as(Role.MIGRATOR));
    }

    @Test
    void I_15_a_table_with_a_tenant_id_has_the_policies_of_the_library_and_no_others() {
        assertThat(count("select count(*) from pg_policies where tablename = 'gadget'"))
                .isEqualTo(2);

        var migrator = Map.<String, Object>of(AvailableSettings.HBM2DDL_AUTO, "update");
        Stock.build(database.as(Role.MIGRATOR), tied(migrator), Gadget.class).close();

        assertThat(count("select count(*) from pg_policies where tablename = 'gadget'"))
                .isEqualTo(2);
    }

    @Test
    void I_15_a_tenant_id_and_the_column_default_agree_under_a_setting_of_another_name() {
        try (var factory = Stock.build(bound(), tied(Map.of()), Gadget.class, UnmarkedGadget.class)) {
            for (var tenant : List.of(Stock.ACME, Stock.GLOBEX)) {
                TenantContext.runAs(
                        tenant,
                        () -> factory.inTransaction(session -> {
                            session.persist(Gadget.of(tenant.id() + " marked"));
                            session.persist(UnmarkedGadget.of(tenant.id() + " unmarked"));
                        }));
            }

            assertThat(rows(OWNERS))
                    .containsExactly(
                            "acme marked acme", "acme unmarked acme", "globex marked globex", "globex unmarked globex");
            List<String> seen = TenantContext.callAs(
                    Stock.ACME,
                    () -> factory.fromSession(
                            session -> session.createSelectionQuery("select id from Gadget", String.class)
                                    .getResultList()));
            assertThat(seen).containsExactlyInAnyOrder("acme marked", "acme unmarked");
        } finally {
            database.execute(Role.SUPERUSER, "truncate gadget");
        }
    }

    @Test
    void a_tenant_id_of_somebody_else_is_refused() {
        try (var factory = Stock.build(bound(), tied(Map.of()), Gadget.class)) {
            var gadget = Gadget.of("foreign");
            gadget.tenantId = "globex";

            assertThatThrownBy(() -> TenantContext.runAs(
                            Stock.ACME, () -> factory.inTransaction(session -> session.persist(gadget))))
                    .hasStackTraceContaining("assigned tenant id differs from current tenant id");
        }
    }

    @Test
    void a_session_without_a_tenant_opens_and_reaches_no_row() {
        try (var factory = Stock.build(bound(), tied(Map.of()), Gadget.class)) {
            factory.inSession(session -> {
                assertThat(session.createNativeQuery("select 1", Integer.class).getSingleResult())
                        .isEqualTo(1);
                assertThatThrownBy(() -> session.find(Gadget.class, "acme"))
                        .satisfies(refused -> assertThat(TenantException.causeOf(refused))
                                .get()
                                .isInstanceOf(TenantRequiredException.class));
            });
        }
    }

    @Test
    void a_session_without_a_tenant_owns_no_row_even_where_nothing_protects_the_table() {
        try (var factory = Stock.build(database.as(Role.SUPERUSER), tied(Map.of()), Gadget.class)) {
            database.execute(Role.SUPERUSER, "insert into gadget (id, tenant_id) values ('acme', 'acme')");

            Gadget found = factory.fromSession(session -> session.find(Gadget.class, "acme"));
            assertThat(found).isNull();
            assertThatThrownBy(() -> factory.inTransaction(session -> session.persist(Gadget.of("nobody's"))))
                    .hasStackTraceContaining("tenancy_tenant_id");
        } finally {
            database.execute(Role.SUPERUSER, "truncate gadget");
        }
    }

    @Test
    void a_current_session_of_another_tenant_is_refused() {
        var current = Map.<String, Object>of(AvailableSettings.CURRENT_SESSION_CONTEXT_CLASS, "thread");
        try (var factory = Stock.build(bound(), tied(current), Gadget.class)) {
            TenantContext.runAs(Stock.ACME, () -> factory.getCurrentSession().beginTransaction());

            assertThatThrownBy(() -> TenantContext.runAs(Stock.GLOBEX, factory::getCurrentSession))
                    .hasMessageContaining("did not match tenant identifier");

            TenantContext.runAs(
                    Stock.ACME,
                    () -> factory.getCurrentSession().getTransaction().rollback());
        }
    }

    @Test
    void a_tenant_id_that_is_no_text_ends_the_start_and_says_what_to_declare() {
        assertThatThrownBy(() -> Stock.build(bound(), tied(Map.of()), Numbered.class))
                .hasStackTraceContaining("A @TenantId is of type java.util.UUID")
                .hasStackTraceContaining("declare it as String");
    }

    @Test
    void a_factory_without_a_data_source_ends_the_start_and_says_what_to_give() {
        var byUrl = new HashMap<String, Object>(tied(Map.of(AvailableSettings.JAKARTA_JDBC_URL, database.jdbcUrl())));
        byUrl.put(AvailableSettings.JAKARTA_NON_JTA_DATASOURCE, "");

        assertThatThrownBy(() -> Stock.build(bound(), byUrl, Gadget.class))
                .hasStackTraceContaining(TenancyConfigurationException.class.getName())
                .hasStackTraceContaining("Hibernate has no DataSource");
    }

    @Test
    void a_factory_says_whether_its_sessions_are_tied() {
        assertThat(areTied(TenantSessions.settings())).isTrue();
        assertThat(areTied(Map.of())).isFalse();
        assertThat(areTied(withResolver(TenantIdentifierResolver.class))).isTrue();
        assertThat(areTied(withResolver(TenantIdentifierResolver.class.getName())))
                .isTrue();
        assertThat(areTied(withResolver(new OneForAll()))).isFalse();
        assertThat(areTied(Map.of(AvailableSettings.MULTI_TENANT_IDENTIFIER_RESOLVER, new TenantIdentifierResolver())))
                .as("without the connection provider")
                .isFalse();
    }

    private static boolean areTied(Map<String, Object> settings) {
        try (var factory = Stock.build(bound(), settings, Gadget.class)) {
            return TenantSessions.areTied(factory);
        }
    }

    private static Map<String, Object> withResolver(Object resolver) {
        return tied(Map.of(AvailableSettings.MULTI_TENANT_IDENTIFIER_RESOLVER, resolver));
    }

    private static Map<String, Object> tied(Map<String, Object> more) {
        var settings = new HashMap<>(TenantSessions.settings());
        settings.putAll(more);
        return settings;
    }

    private static DataSource bound() {
        var binder = new PlainTransactionBinder(IsolationConfig.DEFAULTS.withSettingName(SETTING));
        return TenantDataSource.rowLevel(database.as(Role.APP), binder, () -> true);
    }

    private static long count(String sql) {
        return Long.parseLong(rows(sql).get(0));
    }

    private static List<String> rows(String sql) {
        try (SessionFactory plain = Stock.build(database.as(Role.SUPERUSER), Map.of())) {
            return plain.fromSession(session -> session.createNativeQuery(sql, Object.class).stream()
                    .map(String::valueOf)
                    .toList());
        }
    }

    /** Has a tenant of its own type of text. */
    @Entity(name = "Gadget")
    static class Gadget {

        @Id
        @Nullable
        String id;

        @TenantId
        @Column(name = "tenant_id")
        @Nullable
        String tenantId;

        static Gadget of(String id) {
            var gadget = new Gadget();
            gadget.id = id;
            return gadget;
        }
    }

    /** The same table, of which the tenant's column is not mapped. */
    @Entity(name = "UnmarkedGadget")
    @Table(name = "gadget")
    static class UnmarkedGadget {

        @Id
        @Nullable
        String id;

        static UnmarkedGadget of(String id) {
            var gadget = new UnmarkedGadget();
            gadget.id = id;
            return gadget;
        }
    }

    @Entity(name = "Numbered")
    static class Numbered {

        @Id
        @Nullable
        String id;

        @TenantId
        @Nullable
        UUID tenantId;
    }

    /** What an application could have of its own. */
    static final class OneForAll implements CurrentTenantIdentifierResolver<String> {

        @Override
        public String resolveCurrentTenantIdentifier() {
            return "all";
        }

        @Override
        public boolean validateExistingCurrentSessions() {
            return false;
        }
    }
}
