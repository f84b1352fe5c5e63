package dev.lexigram.tenancy.spring.slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestContextManager;

/** Spring Boot puts H2 in the place of the DataSource if it can; tenants cannot be kept apart there. */
@ExtendWith(OutputCaptureExtension.class)
class OtherDatabaseSliceTest {

    @Test
    void a_slice_on_another_database_says_what_to_write(CapturedOutput output) {
        assertThatThrownBy(() ->
                        new TestContextManager(OnH2.class).getTestContext().getApplicationContext())
                .isInstanceOf(IllegalStateException.class);

        assertThat(output)
                .contains("APPLICATION FAILED TO START", "'dataSource' is no PostgreSQL")
                .contains("@AutoConfigureTestDatabase(replace = NONE)", "tenancy.enabled: false");
    }

    @Test
    void switched_off_it_runs_as_before() {
        var application =
                new TestContextManager(SwitchedOff.class).getTestContext().getApplicationContext();

        assertThat(application.getBean(TaskRepository.class).count()).isZero();
    }

    @DataJpaTest(
            properties = {
                "spring.autoconfigure.exclude=",
                "spring.flyway.enabled=false",
                "spring.liquibase.enabled=false",
            })
    static class OnH2 {}

    @DataJpaTest(
            properties = {
                "spring.autoconfigure.exclude=",
                "spring.flyway.enabled=false",
                "spring.liquibase.enabled=false",
                "tenancy.enabled=false",
            })
    static class SwitchedOff {}
}
