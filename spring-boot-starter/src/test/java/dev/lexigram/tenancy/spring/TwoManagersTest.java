package dev.lexigram.tenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariDataSource;
import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.spring.app.NotesApplication;
import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantException;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantMismatchException;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;

/** An application with two pools, each with a transaction manager. */
@TenancyTest
class TwoManagersTest {

    private static final Tenant ACME = tenant("acme");
    private static final Tenant GLOBEX = tenant("globex");

    private static TestDatabase database;
    private static Service service;

    @BeforeAll
    static void start(TestDatabase testDatabase) {
        database = testDatabase;
        Notes.createTable(database);
        service = Service.start(
                new Class<?>[] {NotesApplication.class, TwoPools.class},
                Service.on(database, "tenancy.control_plane.url=" + database.jdbcUrl()));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void both_confine_their_rows_and_a_change_of_tenant_between_them_is_an_error_or_a_transaction_of_its_own() {
        var both = service.bean(Both.class);
        TenantContext.runAs(ACME, () -> both.write("of acme"));
        TenantContext.runAs(GLOBEX, () -> both.write("of globex"));

        assertThat(TenantContext.<List<String>, RuntimeException>callAs(ACME, () -> both.read(ACME)))
                .containsExactly("of acme", "of acme", "of acme", "of acme");
        var changed = catchThrowable(() -> TenantContext.callAs(ACME, () -> both.read(GLOBEX)));
        assertThat(TenantException.causeOf(changed)).get().isInstanceOf(TenantMismatchException.class);
        assertThat(TenantContext.<List<String>, RuntimeException>callAs(ACME, both::readTheSecondAsGlobex))
                .containsExactly("of globex", "of globex", "of acme", "of acme");
    }

    private static Tenant tenant(String name) {
        return Tenant.active(TenantId.of(name), Slug.of(name), name, Instant.now());
    }

    /** Reads and writes through both pools. */
    static class Both {

        private static final String READ = "select body from note order by id";

        private final JdbcClient first;
        private final JdbcClient second;

        Both(DataSource first, DataSource second) {
            this.first = JdbcClient.create(first);
            this.second = JdbcClient.create(second);
        }

        @Transactional
        public void write(String body) {
            first.sql("insert into note (body) values (?)").param(body).update();
            second.sql("insert into note (body) values (?)").param(body).update();
        }

        /** The second pool has no transaction here; the first has one, which was begun by the caller's tenant. */
        @Transactional
        public List<String> read(Tenant later) {
            var rows = first.sql(READ).query(String.class).list();
            TenantContext.runAs(later, () -> {
                rows.addAll(second.sql(READ).query(String.class).list());
                first.sql(READ).query(String.class).list();
            });
            return rows;
        }

        @Transactional("secondManager")
        public List<String> readTheSecondAsGlobex() {
            var rows = TenantContext.<List<String>, RuntimeException>callAs(
                    GLOBEX, () -> first.sql(READ).query(String.class).list());
            rows.addAll(second.sql(READ).query(String.class).list());
            return rows;
        }
    }

    @Configuration
    static class TwoPools {

        @Bean
        @Primary
        DataSource first() {
            return pool();
        }

        @Bean
        DataSource second() {
            return pool();
        }

        @Bean
        @Primary
        PlatformTransactionManager firstManager(DataSource first) {
            return new JdbcTransactionManager(first);
        }

        @Bean
        PlatformTransactionManager secondManager(@Qualifier("second") DataSource second) {
            return new JdbcTransactionManager(second);
        }

        @Bean
        Both both(DataSource first, @Qualifier("second") DataSource second) {
            return new Both(first, second);
        }

        private static DataSource pool() {
            var pool = new HikariDataSource();
            pool.setJdbcUrl(database.jdbcUrl());
            pool.setUsername(Role.APP.login());
            pool.setMaximumPoolSize(2);
            return pool;
        }
    }
}
