package dev.lexigram.tenancy.spring.slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.testkit.WithTenant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.jdbc.Sql;

/** Here the annotation stands on the methods, behind Spring's on the class. */
@JdbcTest
class JdbcSliceTest {

    @Autowired
    private JdbcClient jdbc;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        SliceDatabase.register(properties);
    }

    @AfterAll
    static void nothing_stays_bound() {
        assertThat(TenantContext.current()).isEmpty();
    }

    @Test
    @Sql(statements = "insert into task (title) values ('by a script')")
    @WithTenant("initech")
    void the_transaction_and_its_scripts_belong_to_the_tenant() {
        jdbc.sql("insert into task (title) values ('by the test')").update();

        assertThat(titles()).containsExactly("by a script", "by the test");
    }

    @Test
    void without_a_tenant_no_row_is_reached() {
        assertThatThrownBy(this::titles).rootCause().hasMessageContaining("tenant not bound");
    }

    private Iterable<String> titles() {
        return jdbc.sql("select title from task order by id")
                .query(String.class)
                .list();
    }
}
