package dev.lexigram.tenancy.spring.slice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.postgres.isolation.TenantDataSource;
import dev.lexigram.tenancy.testkit.WithTenant;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.jdbc.Sql;

/** Each test method is a transaction of Spring's, which belongs to the tenant of the test. */
@WithTenant("acme")
@DataJpaTest(properties = "spring.jpa.hibernate.ddl-auto=validate")
class DataJpaSliceTest {

    @Autowired
    private TaskRepository tasks;

    @Autowired
    private DataSource dataSource;

    @Autowired
    private ConfigurableApplicationContext application;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        SliceDatabase.register(properties);
    }

    @BeforeEach
    void aTask() {
        tasks.saveAndFlush(new Task("before"));
    }

    @Test
    void repositories_work_as_the_tenant_and_no_control_plane_is_needed() {
        tasks.saveAndFlush(new Task("mine"));

        assertThat(tasks.findAll()).extracting(Task::title).containsExactly("before", "mine");
        assertThat(dataSource).isInstanceOf(TenantDataSource.class);
        assertThat(application.getBeanFactory().containsSingleton("tenantStore"))
                .isFalse();
    }

    @Test
    @Sql(statements = "insert into task (title) values ('by a script')")
    void a_script_belongs_to_the_tenant() {
        assertThat(tasks.findAll()).extracting(Task::title).containsExactly("by a script", "before");
    }

    @Nested
    @WithTenant("globex")
    class AsAnother {

        @Test
        @Sql(statements = "insert into task (title) values ('of globex')")
        void the_nearest_annotation_holds() {
            assertThat(tasks.findAll()).extracting(Task::title).containsExactly("of globex", "before");
        }
    }
}
