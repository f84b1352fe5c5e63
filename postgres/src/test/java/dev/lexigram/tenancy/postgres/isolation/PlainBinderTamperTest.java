package dev.lexigram.tenancy.postgres.isolation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.tenant.TenantMismatchException;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainBinderTamperTest extends TamperAttacks {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select body from note where body = '' or (select set_config('tenancy.tenant_id', 'globex', true)) is not null",
                "select body from note; select public.become('globex', true)",
                "set local tenancy.tenant_id = 'globex'",
                "do $$ begin perform public.become('globex', true); end $$",
            })
    void CN_12_a_suspicious_text_is_followed_by_a_check_before_the_next_statement(String sql) throws SQLException {
        TenantContext.<SQLException>runAs(ACME, () -> {
            try (var connection = tenants.getConnection()) {
                connection.setAutoCommit(false);
                run(connection, sql);
                assertThatThrownBy(() -> rows(connection, READ)).isInstanceOf(TenantMismatchException.class);
            }
        });
    }
}
